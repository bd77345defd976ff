// What a program's runtime wrote of its end, without what helps nobody to find the mistake.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// The text with each stack trace in it (of Python, Java, Node, Go, Rust, sanitizers and Valgrind)
// cut to its innermost frames in the program's own files, or of all where it has none, and a line
// that says how many are left out. A sanitizer's dump of memory is left out, too.
std::string shorten_stack_traces(std::string_view text);

}  // namespace chatspec
