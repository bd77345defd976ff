// Which characters can be shown as they are. Control characters could steer a terminal: those of
// ASCII, U+0080 to U+009F, and those of Unicode that break lines or turn the direction in which
// text runs (UAX #9), so that it reads otherwise than it is. Texts are UTF-8; a byte that is not
// counts as a control character, since nobody knows what a terminal makes of it.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chat {

// Printable ASCII, the blank included.
constexpr bool is_printable(char c) {
  return c >= 0x20 && c < 0x7f;
}

// Whether it is one of these.
bool is_control(char32_t character);

// Where the first control character after `from` begins that is none of `allowed`; npos where
// there is none.
std::size_t find_control(std::string_view text, std::string_view allowed, std::size_t from = 0);

// The text with a `?` in place of each byte of such a character. Its length stays, and with it
// every column.
std::string mask_controls(std::string_view text, std::string_view allowed);

}  // namespace chat
