// doctor: what this machine offers to cells, and how to get the rest.

#include <algorithm>
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cell/isolation/control_group.h"
#include "harness/cell/isolation/inherited_limits.h"
#include "harness/cell/isolation/obstacle.h"
#include "harness/cell/isolation/promise_trial.h"
#include "harness/cell/kernel/core_file.h"
#include "harness/cell/scratch_folder.h"
#include "harness/cli/commands.h"

namespace chatspec {
namespace {

void print_obstacle(const Obstacle& obstacle, Console& console) {
  console.say(fmt::format("             {}\n", obstacle.what));
  if (!obstacle.remedy.empty())
    console.say(fmt::format("             to mend it: {}\n", obstacle.remedy));
}

// One promise, how it is kept here, and what it takes to keep it better.
void print_promise(const Promise& promise, const CellPlan& plan, bool is_broken,
                   const std::string& no_groups, Console& console) {
  const bool by_groups = !promise.by_groups.empty() && plan.groups;
  const std::string_view how = by_groups ? promise.by_groups : promise.in(plan.isolation)->how;
  console.say(fmt::format("    {}  {}\n", is_broken ? "NO " : "yes", promise.text));
  if (is_broken) {
    console.say("             it is not kept here: a program that tried has broken it\n");
    return;
  }
  console.say(fmt::format("             kept by {}\n", how));
  if (promise.by_groups.empty() || plan.groups) return;
  console.say(
      fmt::format("             better by {}, but {}\n"
                  "             to mend it: systemd-run --user --scope -p Delegate=yes chatspec … "
                  "(as root without --user)\n",
                  promise.by_groups, no_groups));
}

// Tries what a tier promises, and tells of each promise how it is kept. Gives whether all are.
bool examine_promises(const CellPlan& plan, const std::string& no_groups, Console& console) {
  const auto broken = find_broken_promises(plan);
  if (!broken) {
    console.say("             but its promises cannot be tried:\n");
    print_obstacle(broken.error(), console);
    return false;
  }
  for (const Promise& promise : promises()) {
    if (!promise.in(plan.isolation)) continue;
    print_promise(promise, plan, std::ranges::count(*broken, &promise) > 0, no_groups, console);
  }
  return broken->empty();
}

// Gives whether all is well.
bool examine(const IsolationWord& word, CellPlan plan, const std::string& no_groups,
             Console& console) {
  plan.isolation = word.isolation;
  const auto obstacle = find_obstacle(plan);
  console.say(fmt::format("{:<10} {}  {}\n", word.word, obstacle ? "no " : "yes", word.meaning));
  if (obstacle) {
    print_obstacle(*obstacle, console);
    return false;
  }
  const bool keeps = examine_promises(plan, no_groups, console);
  const auto blindness = find_obstacle_to_observing(plan);
  if (!blindness) return keeps;
  console.say("             but silence cannot be proven there and rests on deadlines:\n");
  print_obstacle(*blindness, console);
  return false;
}

// The limits that hold in every tier. Gives whether all is well.
bool examine_limits(Console& console) {
  const std::vector<Obstacle> narrow = find_narrow_limits();
  if (narrow.empty()) return true;
  console.say("           but in every tier:\n");
  for (const Obstacle& obstacle : narrow) print_obstacle(obstacle, console);
  return false;
}

ExitCode doctor(Console& console) {
  const auto temporary = find_temporary_folder();
  if (!temporary) {
    console.complain(temporary.error());
    return ExitCode::kUsage;
  }
  const auto groups = ControlGroups::claim();  // before anything is forked
  auto launcher = Launcher::fork();
  if (!launcher) {
    console.complain(launcher.error().to_string());
    return ExitCode::kInternal;
  }
  const CellPlan plan{.policy = make_sandbox_policy({}),
                      .temporary = *temporary,
                      .launcher = launcher->get(),
                      .groups = groups ? &*groups : nullptr};
  const std::string no_groups = groups ? "" : groups.error();
  bool well = true;
  for (const IsolationWord& word : kIsolations) {
    if (word.isolation == Isolation::kRemote) continue;
    well &= examine(word, plan, no_groups, console);
  }
  if (const auto unseen = find_obstacle_to_core_files()) {
    console.say(fmt::format(
        "crashes    of a program's first process are seen; those of its children may not be, "
        "since\n"
        "             {}\n"
        "             to mend it: sysctl -w kernel.core_pattern=core, and ulimit -Hc unlimited\n",
        *unseen));
  }
  console.say(fmt::format("{:<10} yes  {}\n", to_string(Isolation::kRemote),
                          "a server that somebody else started; its silence rests on deadlines"));
  well &= examine_limits(console);
  return well ? ExitCode::kGood : ExitCode::kFailed;
}

}  // namespace

void add_doctor_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("doctor", "Tell what this machine offers to isolate and observe programs");
  command->footer(
      "Examples:\n"
      "  chatspec doctor");
  command->callback([&chosen] { chosen = [](Console& console) { return doctor(console); }; });
}

}  // namespace chatspec
