// What ends a wait in which nothing is proven: the patience is over, or so much processor time was
// used that the program must be in a loop. A deadline is for the program, not for the machine: it
// is put off for as long as the program wanted a processor and had none, and, a few times, where it
// cannot be told what keeps the program.

#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "harness/cell/clock.h"
#include "harness/cell/observer.h"

namespace chatspec {

class WaitLimit {
 public:
  struct Amounts {
    std::chrono::nanoseconds patience{};
    // Of one thread. 0 where nothing is due: then the patience alone rules, and what keeps the
    // program is of no interest.
    std::chrono::nanoseconds processor_time{};
  };

  // Borrows the observer.
  WaitLimit(Observer& observer, TimePoint begin, const Amounts& amounts);

  // The earliest time at which the patience can be over.
  TimePoint deadline() const { return deadline_; }
  // The processor time that was measured at the last check; never too much.
  std::chrono::nanoseconds used() const { return used_; }
  // The grade of the finding that the wait is over: kBusy, kDeadline or kUnknown; nothing where it
  // goes on.
  std::optional<QuietGrade> check(TimePoint now, std::span<const ConnectionView> connections);

 private:
  bool is_busy(TimePoint now);

  Observer& observer_;
  Amounts amounts_;
  TimePoint begin_;
  TimePoint deadline_;
  TimePoint next_measure_;
  std::optional<std::chrono::nanoseconds> ran_before_;
  std::chrono::nanoseconds used_{};
  int times_obscure_ = 0;
};

}  // namespace chatspec
