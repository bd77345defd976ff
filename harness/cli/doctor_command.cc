// doctor: what this machine offers to cells, and how to get the rest.

#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cell/isolation/control_group.h"
#include "harness/cell/isolation/inherited_limits.h"
#include "harness/cell/isolation/obstacle.h"
#include "harness/cell/isolation/system_call_filter.h"
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

// Gives whether all is well.
bool examine(const IsolationWord& word, CellPlan plan, Console& console) {
  plan.isolation = word.isolation;
  const auto obstacle = find_obstacle(plan);
  console.say(fmt::format("{:<10} {}  {}\n", word.word, obstacle ? "no " : "yes", word.meaning));
  if (obstacle) {
    print_obstacle(*obstacle, console);
    return false;
  }
  const auto blindness = find_obstacle_to_observing(plan);
  if (!blindness) return true;
  console.say("             but silence cannot be proven there and rests on deadlines:\n");
  print_obstacle(*blindness, console);
  return false;
}

// That the filter works was part of the trial.
void print_refused_calls(Console& console) {
  console.say(fmt::format(
      "           the kernel refuses it {} system calls: those for keys, mounts, new namespaces, "
      "io_uring …\n",
      kRefusedCalls.size()));
}

// How what all processes of a sandbox use together is limited.
void print_groups(const std::expected<ControlGroups, std::string>& groups, Console& console) {
  if (groups) {
    console.say("           the kernel limits what all processes of a cell use together\n");
    return;
  }
  console.say(fmt::format(
      "           the memory of all processes of a cell together is only looked at: {}\n"
      "           to mend it: systemd-run --user --scope -p Delegate=yes chatspec … (as root "
      "without --user)\n",
      groups.error()));
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
  const CellPlan plan{
      .policy = make_sandbox_policy({}), .temporary = *temporary, .launcher = launcher->get()};
  bool well = true;
  for (const IsolationWord& word : kIsolations) {
    if (word.isolation == Isolation::kRemote) continue;
    const bool good = examine(word, plan, console);
    if (good && word.isolation == Isolation::kSandbox) {
      print_refused_calls(console);
      print_groups(groups, console);
    }
    well &= good;
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
  command->callback([&chosen] { chosen = [](Console& console) { return doctor(console); }; });
}

}  // namespace chatspec
