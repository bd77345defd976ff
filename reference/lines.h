// Walking the lines of a text that is all there.

#pragma once

#include <string_view>

namespace chat {

// Takes the next line off `rest`, without its line end, which is LF or CR LF. The last line may
// have none. An empty `rest` has no line, so whoever walks asks that first.
std::string_view take_line(std::string_view& rest);

// The same with its line end.
std::string_view take_whole_line(std::string_view& rest);

}  // namespace chat
