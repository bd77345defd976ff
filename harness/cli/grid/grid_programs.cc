#include "harness/cli/grid/grid_programs.h"

#include <utility>

#include <fmt/format.h>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/isolation/obstacle.h"
#include "harness/cell/process/build.h"
#include "harness/cli/run/run_arguments.h"
#include "harness/report/text/clean_text.h"
#include "harness/runs/parallel.h"

namespace chatspec {
namespace {

constexpr std::string_view kSandbox = "sandbox";
constexpr std::size_t kMostWordsOfBuild = 400;  // bytes of what a build wrote

// The sandbox where it works, since programs of many people meet here; else the best there is.
std::expected<TierChoice, std::string> choose_grid_tier(const std::string& wanted,
                                                        const CellPlan& plan) {
  if (!wanted.empty()) return choose_tier(wanted, plan);
  auto sandbox = choose_tier(kSandbox, plan);
  if (sandbox) return sandbox;
  auto other = choose_tier(kAutomatic, plan);
  if (other) other->note = sandbox.error() + (other->note.empty() ? "" : "; " + other->note);
  return other;
}

// What a build that failed wrote last.
std::string end_of(std::string_view output) {
  const std::size_t begin = output.size() - std::min(output.size(), kMostWordsOfBuild);
  return one_line(make_printable(output.substr(begin)));
}

}  // namespace

std::expected<GridPrograms, std::string> GridPrograms::make(const Request& request,
                                                            const CellSurroundings& surroundings) {
  GridPrograms programs(surroundings);
  const auto temporary = find_temporary_folder();
  if (!temporary) return std::unexpected(temporary.error());
  programs.temporary_ = *temporary;
  remove_abandoned_folders(*temporary);
  if (auto groups = ControlGroups::claim())
    programs.groups_ = std::make_unique<ControlGroups>(*std::move(groups));
  auto launcher = Launcher::fork();
  if (!launcher) return std::unexpected(launcher.error().to_string());
  programs.launcher_ = *std::move(launcher);
  auto tier = choose_grid_tier(request.isolation, {.policy = make_sandbox_policy({}),
                                                   .temporary = *temporary,
                                                   .launcher = programs.launcher_.get()});
  if (!tier) return std::unexpected(fmt::format("isolation: {}", tier.error()));
  programs.tier_ = *std::move(tier);
  if (programs.tier_.plan.isolation == Isolation::kSandbox)
    programs.tier_.plan.groups = programs.groups_.get();
  return programs;
}

void GridPrograms::prepare(const Request& request) {
  const auto& all = request.grid.implementations;
  std::vector<Pair> prepared(all.size());
  run_in_parallel(all.size(), request.jobs, surroundings_.interrupt, [&](std::size_t i) {
    try {
      prepared[i] = prepare_one(request, all[i]);
    } catch (const std::exception& failure) {
      prepared[i].first.trouble = prepared[i].second.trouble = failure.what();
    }
  });
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (auto* program : {&prepared[i].first, &prepared[i].second}) {
      program->name = all[i].name;
      if (!program->cells && program->trouble.empty()) program->trouble = "interrupted";
    }
    if (!all[i].client.empty()) clients_.push_back(std::move(prepared[i].first));
    if (!all[i].server.empty()) servers_.push_back(std::move(prepared[i].second));
  }
}

// The client, and the server. What one of them was built in is what the other starts in, too.
GridPrograms::Pair GridPrograms::prepare_one(const Request& request,
                                             const GridImplementation& one) const {
  Pair pair;
  std::string folder = one.folder.string();
  bool is_to_be_built = !one.build.empty();
  for (const Role role : {Role::kServer, Role::kClient}) {
    GridProgram& program = role == Role::kClient ? pair.first : pair.second;
    if (one.start(role).empty()) continue;
    program = plan(request, one, role, folder, is_to_be_built);
    if (is_to_be_built && program.trouble.empty()) {
      build(request, one, program);
      if (!program.trouble.empty()) {
        pair.first.trouble = pair.second.trouble = program.trouble;
        return pair;
      }
      folder = program.plan->folder->path();
      is_to_be_built = false;
    }
    if (program.trouble.empty()) give_cells(program);
  }
  return pair;
}

GridProgram GridPrograms::plan(const Request& request, const GridImplementation& one, Role role,
                               const std::string& folder, bool is_to_be_built) const {
  RunArguments arguments;
  (role == Role::kServer ? arguments.server : arguments.client) = one.start(role);
  if (!folder.empty()) arguments.folder = folder;
  if (is_to_be_built) arguments.build = one.build;
  arguments.readable = one.readable;
  arguments.log = (request.out / "grid.json").string();
  auto planned = plan_program(arguments, role);
  GridProgram program;
  if (planned) {
    program.plan = std::make_unique<ProgramPlan>(*std::move(planned));
  } else {
    program.trouble = one_line(planned.error());
  }
  return program;
}

void GridPrograms::build(const Request& request, const GridImplementation& one,
                         GridProgram& program) const {
  CellPlan cell = tier_.plan;
  cell.policy = program.plan->sandbox;
  cell.program = &*program.plan->folder;
  CellSurroundings building = surroundings_;
  building.patience.answer = request.grid.build_deadline;
  building.patience.whole = {};
  ProcessCellFactory builder(building, make_build_plan(cell, *program.plan->folder));
  const BuildResult result = chatspec::build(builder, one.build, *program.plan->folder);
  if (result.outcome != BuildResult::Outcome::kBuilt) {
    program.trouble = fmt::format("it could not be built: {}", one_line(result.message));
    if (!result.output.empty()) program.trouble += ": " + end_of(result.output);
  } else if (const auto unusable = program.plan->find_unusable_file(one.folder.string())) {
    program.trouble = fmt::format("it was built, but {}", one_line(*unusable));
  }
}

void GridPrograms::give_cells(GridProgram& program) const {
  CellPlan cell = tier_.plan;
  cell.policy = program.plan->sandbox;
  if (program.plan->folder) cell.program = &*program.plan->folder;
  if (cell.isolation == Isolation::kSandbox) {
    if (const auto obstacle = find_obstacle_to_reading(cell)) {
      program.trouble = one_line(obstacle->what);
      return;
    }
  }
  program.cells = std::make_unique<ProcessCellFactory>(surroundings_, std::move(cell));
}

}  // namespace chatspec
