// Many workers, some at a time.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/grade/workers/worker.h"

namespace chatspec {

struct WorkerPlan {
  std::string program{};                  // that is run
  std::size_t jobs = 1;                   // so many at a time
  std::optional<TimePoint> last_start{};  // none begins later
};

// Runs a worker with each of these words, in their order, and tells of each as it ends; one that
// was killed by a signal, or ended with the status `own_trouble`, is tried once more before that.
// After an interrupt, and after the last start, none begins any more; after an interrupt those that
// run are asked to end, and killed where they take long, and are told of as having ended so.
void run_workers(const std::vector<std::vector<std::string>>& all, const WorkerPlan& plan,
                 int own_trouble, const Interrupt& interrupt, const Clock& clock,
                 const std::function<void(std::size_t index, const WorkerEnd& end)>& on_end);

}  // namespace chatspec
