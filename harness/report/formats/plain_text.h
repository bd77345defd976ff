// Texts of unknown origin, made such that every format can hold them and no reader is led astray.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// The text as UTF-8 of which each character is shown as one. What is not is written as an escape
// instead: a byte that is no UTF-8, and a control character but LF, as chat::escape_bytes() has it;
// as \u{202E} a character that hides, turns round or breaks a line (bidirectional controls, those
// without width, U+2028, U+2029, U+0080 to U+009F) or is none (U+FFFE). So the characters that XML
// 1.0 forbids are never there. A text that was made so stays as it is.
std::string as_plain_text(std::string_view text);

// The same in one line: with a blank in place of each line end.
std::string as_plain_line(std::string_view text);

// The same without blanks at its ends, which some readers take away.
std::string as_plain_name(std::string_view text);

}  // namespace chatspec
