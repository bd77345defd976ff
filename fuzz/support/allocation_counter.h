// Counts what is allocated with `new`, in the programs that link it: limits.cc.

#pragma once

#include <cstddef>

namespace chatspec::fuzz {

struct Allocations {
  std::size_t live_bytes = 0;
  std::size_t peak_bytes = 0;
  std::size_t count = 0;
};

// Of this thread, which is the only one.
Allocations& allocations();

}  // namespace chatspec::fuzz
