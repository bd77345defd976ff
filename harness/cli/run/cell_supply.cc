#include "harness/cli/run/cell_supply.h"

#include <utility>

#include <fmt/format.h>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/process/build.h"
#include "harness/cell/sockets/remote_cell.h"
#include "harness/cli/options/tier_choice.h"

namespace chatspec {

std::expected<CellSupply, std::string> supply_cells(const RunArguments& arguments,
                                                    const RunPlan& plan,
                                                    const CellSurroundings& surroundings) {
  const auto temporary = find_temporary_folder();
  if (!temporary) return std::unexpected(temporary.error());
  remove_abandoned_folders(*temporary);
  // Before anything is played: what keeps us from making a folder would keep each case.
  if (const auto tried = ScratchFolder::make(*temporary); !tried)
    return std::unexpected(tried.error());
  CellSupply supply;
  if (plan.remote) {
    supply.factory = std::make_unique<RemoteCellFactory>(surroundings, *temporary, *plan.remote);
    return supply;
  }
  if (arguments.isolation == to_string(Isolation::kSandbox)) {
    if (auto groups = ControlGroups::claim()) {
      supply.groups = std::make_unique<ControlGroups>(*std::move(groups));
    }
  }
  auto launcher = Launcher::fork();
  if (!launcher) return std::unexpected(launcher.error().to_string());
  supply.launcher = *std::move(launcher);
  auto choice = choose_tier(arguments.isolation, {.policy = plan.program->sandbox,
                                                  .temporary = *temporary,
                                                  .launcher = supply.launcher.get()});
  if (!choice) return std::unexpected(fmt::format("--isolation: {}", choice.error()));
  supply.note = choice->note;
  choice->plan.groups = supply.groups.get();
  if (const auto& folder = plan.program->folder) {
    choice->plan.program = &*folder;
    CellSurroundings building = surroundings;
    building.patience.answer = plan.build;
    building.patience.whole = {};
    supply.builder =
        std::make_unique<ProcessCellFactory>(building, make_build_plan(choice->plan, *folder));
  }
  // Not of the build: a compiler may take more than what it makes.
  if (arguments.memory_bytes != 0) choice->plan.policy.limits.memory_bytes = arguments.memory_bytes;
  supply.factory = std::make_unique<ProcessCellFactory>(surroundings, std::move(choice->plan));
  return supply;
}

}  // namespace chatspec
