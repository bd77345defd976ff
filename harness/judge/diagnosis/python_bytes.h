// What Python prints for bytes: what a text has become once str() was called where decode() was
// meant.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// "b'…'", as repr() of Python writes it.
std::string print_as_python_bytes(std::string_view bytes);

}  // namespace chatspec
