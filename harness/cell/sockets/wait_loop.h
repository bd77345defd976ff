// The one loop in which everything that a cell with sockets awaits is awaited. It reads whatever
// comes meanwhile, and now and then lets an observer look whether anything can still come.

#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <poll.h>
#include <span>
#include <string>
#include <vector>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/cell/observer.h"
#include "harness/cell/sockets/pump.h"
#include "harness/cell/sockets/wait_limit.h"

namespace chatspec {

// What a cell is given by its surroundings, and borrows.
struct CellSurroundings {
  const Interrupt& interrupt;
  const Clock& clock;
  Patience patience{};
};

struct WaitFor {
  std::string nothing;  // what is said where the patience ends it: "nothing arrived"
  std::optional<Cell::ConnectionId> connection{};
  std::chrono::nanoseconds patience{};
  std::optional<TimePoint> since{};  // from when the patience counts; from now on without
  // When it ends whatever the patience is; without, when the patience for the whole is over.
  std::optional<TimePoint> until{};
  std::span<const pollfd> others{};  // what else may bring it about
  bool recheck = false;  // for conditions that no descriptor tells of: check every few milliseconds
  // Something is due: then a program that only computes, or that cannot be seen through, is told
  // from one that does nothing. Else the patience alone rules.
  bool is_due = false;
  // Whether the implementation must be doing something for it. What comes about without it,
  // whatever it does meanwhile, no observation ends.
  bool is_its_doing = true;
  Awaited::Serving serving = Awaited::Serving::kProvesNothing;
};

struct WaitResult {
  enum class How { kDone, kQuiet, kInterrupted, kTrouble };
  How how = How::kDone;
  QuietFinding finding{};  // of kQuiet
  std::string trouble{};   // of kTrouble: a sentence without a full stop
};
// Of a wait that was interrupted, or met trouble.
CellFailure broken_off_failure(const WaitResult& result);

// What the loop asks of whoever is observed.
struct WaitHooks {
  // For people: what is known of the implementation besides what its observer saw, such as "the
  // process is still running".
  std::function<std::string()> state;
  // Reads what has been told to us by other ways than the connections and the output. Called before
  // it is asked whether a wait is done, and before `trouble`.
  std::function<void()> take_news = [] {};
  // What keeps us from knowing anything of it any more; nothing where all is well. Then every wait
  // ends as kTrouble.
  std::function<std::optional<std::string>()> trouble = [] { return std::nullopt; };
};

class WaitLoop {
 public:
  // Borrows what the surroundings, the observer and the hooks refer to.
  WaitLoop(const CellSurroundings& surroundings, std::unique_ptr<Observer> observer,
           WaitHooks hooks);

  // Waits until `done`. Of `is_due` and `patience`, a program that was given much has more of a
  // processor.
  WaitResult wait_for(const WaitFor& wait, const std::function<bool()>& done);

  // As Cell::end_waits_by(); the patience for the whole counts all the same.
  void end_waits_by(TimePoint end) { end_ = std::min(whole_end_, end); }

  // So many bytes were given to the implementation: its files, and what was sent to it.
  void note_given(std::size_t bytes) { given_bytes_ += bytes; }
  // How often the patience holds for what is so long.
  static std::size_t patiences_for(std::size_t bytes);

  Pump& pump() { return pump_; }
  const Pump& pump() const { return pump_; }
  Observer& observer() { return *observer_; }
  const Clock& clock() const { return surroundings_.clock; }
  const Patience& patience() const { return surroundings_.patience; }
  // What keeps us from knowing all of it by now, as a sentence without a full stop.
  std::optional<std::string> trouble() const;

 private:
  std::optional<std::string> find_trouble() const;
  std::chrono::nanoseconds fair_processor_time(const WaitFor& wait) const;
  QuietFinding describe_end(const WaitFor& wait, QuietGrade grade, const WaitLimit& limit);
  std::string describe_time(const WaitFor& wait, QuietGrade grade, const WaitLimit& limit) const;
  std::vector<ConnectionView> views();

  CellSurroundings surroundings_;
  Pump pump_;
  std::unique_ptr<Observer> observer_;
  WaitHooks hooks_;
  TimePoint whole_end_;  // when the patience for the whole is over …
  TimePoint end_;        // … or no wait shall last longer
  std::size_t given_bytes_ = 0;
};

}  // namespace chatspec
