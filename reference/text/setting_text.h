// What files of settings have in common: a name and its value in a line, and comments.

#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace chat {

// Without the blanks and tabs at both ends.
std::string_view trim_blanks(std::string_view text);

// Whether a line, or the rest of one, says nothing.
bool is_comment_or_blank(std::string_view text);

// The name that a line without blanks in front begins with.
std::string_view name_of_setting(std::string_view line);

// `unknown setting "nmae"; did you mean "name"?` or, where none is close, `…; known are A, B`: what
// is wrong with a name that is none of those.
std::string explain_unknown_setting(std::string_view name, std::span<const std::string_view> known);

// What stands between the double quotes that `text` begins with, escapes resolved; nothing but a
// comment may follow. The error is a sentence without a full stop.
std::expected<std::string, std::string> parse_quoted_value(std::string_view text);

// A setting's value, from the text behind its name, without blanks in front: the rest of the line,
// or what stands in double quotes. `#` with a blank before it begins a comment. The error is a
// sentence without a full stop.
std::expected<std::string, std::string> parse_value(std::string_view text);

}  // namespace chat
