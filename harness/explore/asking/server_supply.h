// Servers that are started ahead of need, where each serves one conversation only.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <future>
#include <mutex>

#include "harness/explore/asking/explored_server.h"

namespace chatspec {

// Thread-safe. Its end waits for those that are being started.
class ServerSupply {
 public:
  // `ahead`: how many at most wait for somebody to take them.
  ServerSupply(const ServerSource& source, std::uint64_t seed, std::size_t ahead)
      : source_(source), seed_(seed), ahead_(ahead) {}

  // One that is fresh, and listens. No start is waited for longer than `end`.
  std::expected<ExploredServer, CellFailure> take(TimePoint end);

  // Begins to start so many that `ahead` are there. Whoever never calls it starts none in vain.
  void prepare(TimePoint end);

  std::size_t started() const;

 private:
  using Starting = std::future<std::expected<ExploredServer, CellFailure>>;

  std::uint64_t next_seed();

  ServerSource source_;
  std::uint64_t seed_;
  std::size_t ahead_;
  mutable std::mutex mutex_;
  std::size_t started_ = 0;
  std::deque<Starting> ready_;
};

}  // namespace chatspec
