// The cells of a run, and what they need.

#pragma once

#include <expected>
#include <memory>
#include <string>

#include "harness/cell/cell.h"
#include "harness/cell/isolation/control_group.h"
#include "harness/cell/process/process_cell_factory.h"
#include "harness/cli/run/run_plan.h"

namespace chatspec {

struct CellSupply {
  std::unique_ptr<ControlGroups> groups;  // outlives every process; null where there are none
  std::unique_ptr<Launcher> launcher;
  std::unique_ptr<CellFactory> factory;
  std::unique_ptr<ProcessCellFactory> builder;  // null where nothing is to be built
  std::string note;
};

// Forks, so it is called while there is a single thread. The error is a sentence.
std::expected<CellSupply, std::string> supply_cells(const RunArguments& arguments,
                                                    const RunPlan& plan,
                                                    const CellSurroundings& surroundings);

}  // namespace chatspec
