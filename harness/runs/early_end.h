// What ends a run before everything was played.

#pragma once

#include <atomic>
#include <cstddef>
#include <optional>

#include "harness/cell/clock.h"
#include "harness/runs/case_result.h"
#include "harness/runs/run_options.h"

namespace chatspec {

// A program for which every further case would be waited in vain is given up (unless the options
// say to play on); as many cases have failed as were to be enough; or the time is over that the run
// has. The first two depend on results in their order alone, so that they come to the same whatever
// the number of workers.
class EarlyEnd {
 public:
  // The time that the run has begins now. Borrows both.
  EarlyEnd(const RunOptions& options, const Clock& clock)
      : options_(options), clock_(clock), begin_(clock.now()) {}

  // Told of results in their order, by one thread at a time.
  void look_at(const CaseResult& result);

  // Why nothing that comes later in the order counts, if so. Any thread may ask.
  std::optional<SkipReason> find_decided() const;

  // Why nothing more is begun, if so: that, or the time. Any thread may ask.
  std::optional<SkipReason> find_reason() const;

 private:
  bool has_enough_failures() const {
    return options_.enough_failures && failures_ >= *options_.enough_failures;
  }

  const RunOptions& options_;
  const Clock& clock_;
  TimePoint begin_;
  bool seen_ = false;
  int in_vain_ = 0;
  std::atomic<bool> given_up_ = false;
  std::atomic<std::size_t> failures_ = 0;
};

}  // namespace chatspec
