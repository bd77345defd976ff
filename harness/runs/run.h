// Plays many cases, several at a time, each in a cell of its own.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/play/command.h"
#include "harness/runs/case_result.h"
#include "harness/script/segmentation.h"
#include "harness/suite/case.h"

namespace chatspec {

struct RunOptions {
  Role role = Role::kServer;
  chat::Profile profile;
  std::uint64_t seed = 0;
  std::size_t jobs = 1;
  const Command* command = nullptr;  // null for a remote server
  GivenKeys remote_keys{};           // of a remote server, where they are known
  Segmentation segmentation = Segmentation::kUnits;
  bool play_on = false;  // also what needs a case that did not pass
};

// Plays every case that is not kept from it: by a case of the same run that it needs and that was
// played and did not pass (unless the options say to play on), or by a remote server, of which less
// can be seen. A program that was waited for in vain twice, and never seen to listen or connect, is
// given up: the rest is skipped (unless the options say to play on). `on_result` is called for each
// case in the order in which they end, never twice at the same time. After an interrupt the rest is
// left out. `cases` must outlive the results.
void run_cases(const std::vector<Case>& cases, const RunOptions& options, CellFactory& cells,
               const Clock& clock, const Interrupt& interrupt,
               const std::function<void(const CaseResult&)>& on_result);

}  // namespace chatspec
