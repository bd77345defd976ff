// Builds a program where it will live: in a cell of the same tier, with a copy of its folder.

#pragma once

#include <string>

#include "harness/cell/process/process_cell_factory.h"
#include "harness/cell/program/program_folder.h"

namespace chatspec {

struct BuildResult {
  enum class Outcome { kBuilt, kFailed, kInterrupted, kTrouble };
  Outcome outcome = Outcome::kBuilt;
  std::string message{};    // of all but kBuilt: what happened, in a sentence without a full stop
  bool timed_out = false;   // it failed since it had not ended by its deadline
  std::string output{};     // what was written to standard output and error, in its order
  std::string left_over{};  // what had to be ended, in sentences; may be empty
};

// For cells to build in, of programs that live as `plan` says: there is room for compilers.
CellPlan make_build_plan(const CellPlan& plan, const ProgramFolder& folder);

// Lets a shell run `command` in a cell, for as long as the factory's patience for an answer; its
// plan is make_build_plan()'s. What is then in the cell's copy takes the folder's place.
BuildResult build(ProcessCellFactory& cells, const std::string& command, ProgramFolder& folder);

}  // namespace chatspec
