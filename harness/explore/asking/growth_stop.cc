#include "harness/explore/asking/growth_stop.h"

namespace chatspec {

GrowthStop stop_by_time() {
  return {.why = GrowthStop::Why::kTime, .message = "the time was over"};
}

GrowthStop stop_by(const CellFailure& failure, bool is_late) {
  if (failure.kind == CellFailure::Kind::kInterrupted)
    return {.why = GrowthStop::Why::kTime, .message = "it was interrupted"};
  if (is_late) return stop_by_time();
  return {.why = failure.kind == CellFailure::Kind::kTrouble ? GrowthStop::Why::kTrouble
                                                             : GrowthStop::Why::kProgram,
          .message = failure.message};
}

}  // namespace chatspec
