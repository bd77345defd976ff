// Texts of unknown origin, such as those of logs and the names of files, that are shown as they
// are.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// Control characters, which could steer a terminal, become `?`; LF stays. The C1 controls, U+0080
// to U+009F, are two bytes in UTF-8.
std::string without_controls(std::string_view text);

// What a program wrote, line by line, as printable ASCII. The typographic quotation marks between
// which compilers set names become plain ones.
std::string make_printable(std::string_view written);

}  // namespace chatspec
