#include "harness/explore/server_supply.h"

namespace chatspec {

std::uint64_t ServerSupply::next_seed() {
  const std::scoped_lock lock(mutex_);
  return seed_ + started_++;
}

std::expected<ExploredServer, CellFailure> ServerSupply::take() {
  Starting starting;
  {
    const std::scoped_lock lock(mutex_);
    if (!ready_.empty()) {
      starting = std::move(ready_.front());
      ready_.pop_front();
    }
  }
  return starting.valid() ? starting.get() : ExploredServer::start(source_, next_seed());
}

void ServerSupply::prepare() {
  const std::scoped_lock lock(mutex_);
  while (ready_.size() < ahead_) {
    const std::uint64_t seed = seed_ + started_++;
    ready_.push_back(std::async(std::launch::async,
                                [this, seed] { return ExploredServer::start(source_, seed); }));
  }
}

std::size_t ServerSupply::started() const {
  const std::scoped_lock lock(mutex_);
  return started_;
}

}  // namespace chatspec
