#include "harness/cell/supervisor/memory_watch.h"

#include <algorithm>
#include <unistd.h>

#include "harness/cell/kernel/memory_use.h"

namespace chatspec {
namespace {

// How often is looked: seldom as long as less than half of the limit is used, since memory is
// filled with a few hundred megabytes in that time.
constexpr int kLookMs = 50;
constexpr int kCloseLookMs = 5;
// A look that takes long, as whoever has very many sockets or processes can bring about, leaves
// more time than that for everything else.
constexpr int kRestPerLook = 4;
constexpr int kMostRestMs = 500;

}  // namespace

bool MemoryWatch::look() {
  using std::chrono::steady_clock;
  const auto began = steady_clock::now();
  const std::uint64_t enough = limit_bytes_ / 2;
  const std::uint64_t used =
      memory_in_use(ProcessTable::of_host(), getpid(), enough) + sockets_.buffered_bytes();
  const auto ended = steady_clock::now();
  const auto rest =
      std::chrono::duration_cast<std::chrono::milliseconds>(ended - began) * kRestPerLook;
  look_ms_ = std::max(used > enough ? kCloseLookMs : kLookMs,
                      static_cast<int>(std::min<std::int64_t>(rest.count(), kMostRestMs)));
  next_look_ = ended + std::chrono::milliseconds(look_ms_);
  return used > limit_bytes_;
}

}  // namespace chatspec
