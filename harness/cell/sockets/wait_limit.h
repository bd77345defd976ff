// What ends a wait in which nothing is proven: the patience is over, or so much processor time was
// used that the program must be in a loop. A deadline is for the program, not for the machine: it
// is put off for as long as the program wanted a processor and had none, and, a few times, where it
// cannot be told what keeps the program. That it can be told takes several looks in a row, because
// whoever waits for a disk again and again runs in between. Putting off has an end of its own: then
// a program that could not be told, or had no processor, is blamed for nothing.

#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "harness/cell/clock.h"
#include "harness/cell/observer.h"

namespace chatspec {

class WaitLimit {
 public:
  struct Amounts {
    std::chrono::nanoseconds patience{};
    // Of one thread; of all together, ten times as much. 0 where nothing is due: then the patience
    // alone rules, and what keeps the program is of no interest.
    std::chrono::nanoseconds processor_time{};
    // The patience was over before this wait began: of what is due, parts have come again and
    // again. Whoever sends or reads a little now and then is no riddle, and gets no new deadline by
    // it.
    bool is_late = false;
    // Until when it can be put off.
    TimePoint end = TimePoint::max();
  };

  // Borrows the observer.
  WaitLimit(Observer& observer, TimePoint begin, const Amounts& amounts);

  // The earliest time at which the patience can be over.
  TimePoint deadline() const { return deadline_; }
  // The processor time that was measured at the last check, of one thread or, where that is over
  // its measure, of all; never too much.
  std::chrono::nanoseconds used() const { return used_; }
  // The grade of the finding that the wait is over: kBusy, kDeadline or kUnknown; nothing where it
  // goes on.
  std::optional<QuietGrade> check(TimePoint now, std::span<const ConnectionView> connections);
  // Whether it was over because it could not be put off any more, or began too late.
  bool was_cut_short() const { return cut_short_; }
  // Of a wait that is over as kUnknown: what could not be told, for people.
  const std::string& obscurity() const { return obscurity_; }

 private:
  bool is_busy(TimePoint now);
  bool must_be_told() const { return amounts_.processor_time.count() > 0 && !amounts_.is_late; }
  QuietGrade cut_short(std::span<const ConnectionView> connections);
  std::optional<QuietGrade> check_obscurity(TimePoint now,
                                            std::span<const ConnectionView> connections);

  Observer& observer_;
  Amounts amounts_;
  TimePoint begin_;
  TimePoint deadline_;
  TimePoint next_measure_;
  std::optional<ProcessorTime> ran_before_;
  std::chrono::nanoseconds used_{};
  bool cut_short_ = false;
  int times_obscure_ = 0;
  int clear_looks_ = 0;  // in a row
  std::string obscurity_;
};

}  // namespace chatspec
