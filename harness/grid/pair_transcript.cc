#include "harness/grid/pair_transcript.h"

#include <algorithm>

namespace chatspec {

const Event* find_event(const PairTranscript& transcript, Role side, EventKind kind) {
  const auto found = std::ranges::find_if(
      transcript, [&](const PairEvent& one) { return one.side == side && one.event.kind == kind; });
  return found == transcript.end() ? nullptr : &found->event;
}

}  // namespace chatspec
