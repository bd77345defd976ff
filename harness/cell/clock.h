// The time, so that tests can bring their own. It never goes backwards and tells nothing about the
// date.

#pragma once

#include <chrono>

namespace chatspec {

using TimePoint = std::chrono::steady_clock::time_point;

// Thread-safe, unless an implementation says otherwise.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
};

class SteadyClock final : public Clock {
 public:
  TimePoint now() const override { return std::chrono::steady_clock::now(); }
};

// Stands still until told otherwise. For one thread.
class FakeClock final : public Clock {
 public:
  TimePoint now() const override { return now_; }
  void advance(std::chrono::nanoseconds by) {
    now_ += std::chrono::duration_cast<TimePoint::duration>(by);
  }

 private:
  TimePoint now_{};
};

}  // namespace chatspec
