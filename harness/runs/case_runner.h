// Plays one case, in as many cells as it takes to judge it.

#pragma once

#include <cstdint>
#include <string_view>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/runs/case_result.h"
#include "harness/runs/run_options.h"

namespace chatspec {

// What is free to choose in a cell of this id, the same in each run of the same seed.
std::uint64_t seed_of_case(std::uint64_t seed, std::string_view id);

// Borrows all that it is made of. Any number of threads may run cases at a time.
class CaseRunner {
 public:
  CaseRunner(const RunOptions& options, CellFactory& cells, const Clock& clock,
             const Interrupt& interrupt)
      : options_(options), cells_(cells), clock_(clock), interrupt_(interrupt) {}

  // Once in a cell of its own; again where it could not be told what the program was doing, where
  // another segmentation may make a difference, or where it is to be known whether it did. What a
  // library throws, for want of memory above all, costs this case only.
  CaseResult run(const Case& played) const;

 private:
  CaseResult run_segmented(const Case& played) const;
  CaseResult play_once(const Case& played, const Script& script,
                       const Circumstances& circumstances) const;
  CaseResult play_in_cell(const Case& played, const Script& script,
                          const Circumstances& circumstances) const;
  CaseResult play_cuts(const Case& played, const Segmented& segmented, CaseResult whole) const;

  const RunOptions& options_;
  CellFactory& cells_;
  const Clock& clock_;
  const Interrupt& interrupt_;
};

}  // namespace chatspec
