// Walking the lines and words of a text that is all there.

#pragma once

#include <string_view>

namespace chat {

// Takes UTF-8's byte order mark off the beginning of a file that a person wrote, where there is
// one: some editors put it there, nobody sees it, and it says nothing.
void pass_byte_order_mark(std::string_view& text);

// Takes the next line off `rest`, without its line end, which is LF or CR LF. The last line may
// have none. An empty `rest` has no line, so whoever walks asks that first.
std::string_view take_line(std::string_view& rest);

// The same with its line end.
std::string_view take_whole_line(std::string_view& rest);

// Takes the next word off a line, and the blanks before it: spaces, tabs and CR. Empty where there
// is none.
std::string_view take_word(std::string_view& rest);

}  // namespace chat
