// Walking the lines and words of a text that is all there.

#pragma once

#include <string_view>

namespace chat {

// Takes the next line off `rest`, without its line end, which is LF or CR LF. The last line may
// have none. An empty `rest` has no line, so whoever walks asks that first.
std::string_view take_line(std::string_view& rest);

// The same with its line end.
std::string_view take_whole_line(std::string_view& rest);

// Takes the next word off a line, and the blanks before it: spaces, tabs and CR. Empty where there
// is none.
std::string_view take_word(std::string_view& rest);

}  // namespace chat
