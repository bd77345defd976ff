// What the processes of an implementation hold at a moment.

#pragma once

#include <cstddef>
#include <cstdint>

namespace chatspec {

struct Holdings {
  std::size_t descriptors = 0;  // that are open
  std::size_t processes = 0;    // also those that have ended and were not waited for
  std::size_t threads = 0;      // of those that have not ended
  std::uint64_t memory = 0;     // bytes that are its alone, also where they are swapped out

  bool operator==(const Holdings&) const = default;
};

}  // namespace chatspec
