// When to look at the memory that the processes of a cell use together, and what is found: memory
// in every form (memory_use.h) and what lies in the buffers of their sockets. For a supervisor,
// which lives in the cell's namespaces.

#pragma once

#include <chrono>
#include <cstdint>

#include "harness/cell/kernel/socket_table.h"

namespace chatspec {

class MemoryWatch {
 public:
  explicit MemoryWatch(std::uint64_t limit_bytes) : limit_bytes_(limit_bytes) {}

  bool has_limit() const { return limit_bytes_ > 0; }
  // How long to wait, at most, until the next look is due.
  int until_next_look_ms() const { return look_ms_; }
  bool is_due(std::chrono::steady_clock::time_point now) const { return now >= next_look_; }
  // Looks at all that descends from this process. Gives whether it is beyond the limit.
  bool look();

 private:
  std::uint64_t limit_bytes_;
  SocketTable sockets_{};
  int look_ms_ = 0;
  std::chrono::steady_clock::time_point next_look_{};
};

}  // namespace chatspec
