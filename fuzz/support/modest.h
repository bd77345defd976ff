// Scenarios may ask for a lot of memory in a few bytes. That is theirs to do, and of no interest.

#pragma once

#include <cstddef>
#include <string_view>

namespace chatspec::fuzz {

// Whether no number in a source is a large one.
constexpr bool is_modest(std::string_view source) {
  std::size_t digits = 0;
  for (const char c : source) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits > 3) return false;
  }
  return true;
}

}  // namespace chatspec::fuzz
