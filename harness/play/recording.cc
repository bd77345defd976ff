#include "harness/play/recording.h"

#include <cassert>

namespace chatspec {

Event event_of(const CellFailure& failure) {
  switch (failure.kind) {
    case CellFailure::Kind::kExited:
      assert(failure.exit);
      return {.kind = EventKind::kExited, .bytes = failure.message, .exit = failure.exit};
    case CellFailure::Kind::kNeverListened:
    case CellFailure::Kind::kNoConnection:
    case CellFailure::Kind::kNotExited:
      return {.kind = EventKind::kQuiet,
              .bytes = failure.message,
              .grade = failure.grade,
              .last_seen = failure.last_seen};
    case CellFailure::Kind::kInterrupted:
      return {.kind = EventKind::kInterrupted};
    case CellFailure::Kind::kNotStarted:
    case CellFailure::Kind::kTrouble:
      break;
  }
  return {.kind = EventKind::kTrouble, .bytes = failure.message};
}

void Recording::enter(std::size_t step) {
  assert(step >= step_);
  step_ = step;
}

void Recording::add(Event event) {
  event.step = step_;
  event.at = clock_.now() - begin_;
  assert(events().empty() || event.at >= events().back().at);
  transcript_.append(std::move(event));
}

bool Recording::has_given_up() const {
  return !events().empty() && (events().back().kind == EventKind::kInterrupted ||
                               events().back().kind == EventKind::kTrouble);
}

}  // namespace chatspec
