#include "harness/cell/process/build.h"

#include <algorithm>

#include <fmt/format.h>

namespace chatspec {
namespace {

BuildResult not_built(const CellFailure& failure) {
  using Outcome = BuildResult::Outcome;
  switch (failure.kind) {
    case CellFailure::Kind::kInterrupted:
      return {.outcome = Outcome::kInterrupted, .message = failure.message};
    case CellFailure::Kind::kNotExited:
      return {.outcome = Outcome::kFailed,
              .message = fmt::format("it does not end ({})", failure.message),
              .timed_out = true};
    default:
      return {.outcome = Outcome::kTrouble, .message = failure.message};
  }
}

BuildResult judge_exit(const std::expected<ExitStatus, CellFailure>& exit) {
  if (!exit) return not_built(exit.error());
  if (*exit == ExitStatus{.by_signal = false, .value = 0}) return {};
  return {.outcome = BuildResult::Outcome::kFailed,
          .message = fmt::format("it ended with {}", to_string(*exit))};
}

}  // namespace

CellPlan make_build_plan(const CellPlan& plan, const ProgramFolder& folder) {
  CellPlan building = plan;
  building.program = &folder;
  building.may_share = false;
  SandboxLimits& limits = building.policy.limits;
  limits.disk_bytes = std::max(limits.disk_bytes, TreeLimits{}.bytes);
  return building;
}

BuildResult build(ProcessCellFactory& cells, const std::string& command, ProgramFolder& folder) {
  const auto cell = cells.open_process_cell(Role::kServer, 0);
  if (!cell) return not_built(cell.error());
  // A compiler's words stand between those of the command that calls it.
  const auto started = (*cell)->start({"/bin/sh", "-c", "exec 2>&1\n" + command});
  if (!started) return not_built(started.error());
  BuildResult result = judge_exit((*cell)->await_exit(ExitWait::kWork));
  result.left_over = (*cell)->stop();
  result.output = (*cell)->output().bytes + (*cell)->errors().bytes;
  if (result.outcome != BuildResult::Outcome::kBuilt) return result;
  if (const auto taken = folder.replace_by((*cell)->open_work_folder().get()); !taken) {
    result.outcome = BuildResult::Outcome::kFailed;
    result.message = fmt::format("what it leaves cannot be used: {}", taken.error());
  }
  return result;
}

}  // namespace chatspec
