// A program that is run once in a cell, to find out what this machine can do.

#pragma once

#include <expected>
#include <string>
#include <vector>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/isolation/isolation.h"
#include "harness/cell/output_pipe.h"

namespace chatspec {

// What keeps something from being used here.
struct Obstacle {
  std::string what;    // a sentence without a full stop
  std::string remedy;  // what to do about it; may be empty
};

class Trial {
 public:
  // Starts `arguments`, of which the first is a path.
  static std::expected<Trial, Obstacle> begin(const CellPlan& plan,
                                              const std::vector<std::string>& arguments);

  SupervisorLink& link() { return link_; }
  // One turn of waiting. Gives whether the program has ended, or could not be run.
  bool wait();
  // Waits for its end. Gives whether it ends well, within the time of a trial.
  bool succeeds();
  // What it wrote to standard error, as far as that is kept; and the first line of it.
  std::string errors();
  std::string complaint();
  Obstacle failure();

 private:
  Trial(ScratchFolder folder, SupervisorLink link)
      : folder_(std::move(folder)), link_(std::move(link)) {}
  const LaunchFailure* start_failure() const;

  ScratchFolder folder_;
  SupervisorLink link_;
  OutputPipe errors_{};
};

// A trial of what is seen at once ends after so many turns, which only a machine in trouble needs.
inline constexpr int kTrialTurns = 10'000;

}  // namespace chatspec
