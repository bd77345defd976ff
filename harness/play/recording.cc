#include "harness/play/recording.h"

#include <cassert>

namespace chatspec {

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

void Recording::add(const CellFailure& failure) {
  switch (failure.kind) {
    case CellFailure::Kind::kExited:
      assert(failure.exit);
      add({.kind = EventKind::kExited, .bytes = failure.message, .exit = failure.exit});
      break;
    case CellFailure::Kind::kNeverListened:
    case CellFailure::Kind::kNoConnection:
    case CellFailure::Kind::kNotExited:
      add({.kind = EventKind::kQuiet,
           .bytes = failure.message,
           .grade = failure.grade,
           .last_seen = failure.last_seen});
      break;
    case CellFailure::Kind::kInterrupted:
      add({.kind = EventKind::kInterrupted});
      break;
    case CellFailure::Kind::kNotStarted:
    case CellFailure::Kind::kTrouble:
      add({.kind = EventKind::kTrouble, .bytes = failure.message});
      break;
  }
}

bool Recording::has_given_up() const {
  return !events().empty() && (events().back().kind == EventKind::kInterrupted ||
                               events().back().kind == EventKind::kTrouble);
}

}  // namespace chatspec
