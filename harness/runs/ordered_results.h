// Results in the order of the run, however they come.

#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>

#include "harness/runs/case_result.h"

namespace chatspec {

// Holds back what ended before its turn, so that two runs of one seed tell the same in the same
// order, whatever the number of workers. Thread-safe.
class OrderedResults {
 public:
  // `on_result` is called for one result at a time.
  explicit OrderedResults(std::function<void(CaseResult)> on_result)
      : on_result_(std::move(on_result)) {}

  // Of each place there is one at most. Passes on what is due by it.
  void add(std::size_t place, CaseResult result);

  // Passes on what is held back, over the gaps of what did not end: the run is over.
  void finish();

 private:
  std::function<void(CaseResult)> on_result_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  std::map<std::size_t, CaseResult> held_;
};

}  // namespace chatspec
