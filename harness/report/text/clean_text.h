// Texts of unknown origin, such as those of logs and the names of files, that are shown as they
// are.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// Each byte of a control character (see reference/text/printable.h), which could steer a terminal,
// becomes `?`; LF stays.
std::string without_controls(std::string_view text);
// LF, too: of what stands in one line, so that nothing in it looks like a line of our own.
std::string one_line(std::string_view text);

// What a program wrote, line by line, as printable ASCII. The typographic quotation marks between
// which compilers set names become plain ones.
std::string make_printable(std::string_view written);

}  // namespace chatspec
