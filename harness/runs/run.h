// Plays many cases, several at a time, each in a cell of its own.

#pragma once

#include <functional>
#include <span>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/runs/case_result.h"
#include "harness/runs/run_options.h"
#include "harness/suite/case.h"

namespace chatspec {

// Plays every case that is not kept from it: by a case of the same run that it needs and that was
// played and did not pass (unless the options say to play on), or by a remote server, of which less
// can be seen. A program that was waited for in vain twice, and never seen to listen or connect, is
// given up: the rest is skipped (unless the options say to play on); so it is after as many
// unknown failures, and after as much time, as the options say. `on_result` is called once for each
// case, never twice at the same time, and in the same order whatever the number of jobs: that of
// order_by_needs(). After an interrupt the rest is left out. `cases` must outlive the results.
void run_cases(std::span<const Case* const> cases, const RunOptions& options, CellFactory& cells,
               const Clock& clock, const Interrupt& interrupt,
               const std::function<void(const CaseResult&)>& on_result);

}  // namespace chatspec
