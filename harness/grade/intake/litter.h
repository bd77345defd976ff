// What operating systems and editors leave beside the files that somebody handed in.

#pragma once

#include <string_view>

namespace chatspec {

// Of a file or folder of this name, without its path.
bool is_litter(std::string_view name);

}  // namespace chatspec
