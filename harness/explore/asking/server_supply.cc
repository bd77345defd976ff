#include "harness/explore/asking/server_supply.h"

namespace chatspec {

std::uint64_t ServerSupply::next_seed() {
  const std::scoped_lock lock(mutex_);
  return seed_ + started_++;
}

std::expected<ExploredServer, CellFailure> ServerSupply::take(TimePoint end) {
  Starting starting;
  {
    const std::scoped_lock lock(mutex_);
    if (!ready_.empty()) {
      starting = std::move(ready_.front());
      ready_.pop_front();
    }
  }
  return starting.valid() ? starting.get() : ExploredServer::start(source_, next_seed(), end);
}

void ServerSupply::prepare(TimePoint end) {
  const std::scoped_lock lock(mutex_);
  while (ready_.size() < ahead_) {
    const std::uint64_t seed = seed_ + started_++;
    ready_.push_back(std::async(std::launch::async, [this, seed, end] {
      return ExploredServer::start(source_, seed, end);
    }));
  }
}

std::size_t ServerSupply::started() const {
  const std::scoped_lock lock(mutex_);
  return started_;
}

}  // namespace chatspec
