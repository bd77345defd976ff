// doctor: what this machine offers to cells, and how to get the rest.

#include <algorithm>
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/isolation/control_group.h"
#include "harness/cell/isolation/inherited_limits.h"
#include "harness/cell/isolation/obstacle.h"
#include "harness/cell/isolation/promise_trial.h"
#include "harness/cell/kernel/core_file.h"
#include "harness/cli/help/doctor_report.h"
#include "harness/cli/help/help_commands.h"

namespace chatspec {
namespace {

// What a tier is here, and which of its promises are kept when a program tries to break them.
TierFinding examine(const IsolationWord& word, CellPlan plan) {
  TierFinding finding{.tier = word};
  plan.isolation = word.isolation;
  finding.obstacle = find_obstacle(plan);
  if (finding.obstacle) return finding;
  const auto broken = find_broken_promises(plan);
  if (!broken) finding.untried = broken.error();
  for (const Promise& promise : promises()) {
    if (!broken || !promise.in(plan.isolation)) continue;
    finding.promises.push_back({&promise, std::ranges::count(*broken, &promise) > 0});
  }
  finding.blindness = find_obstacle_to_observing(plan);
  return finding;
}

ExitCode doctor(bool as_json, Console& console) {
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
  DoctorFindings findings{.no_groups = groups ? "" : groups.error()};
  for (const IsolationWord& word : kIsolations) {
    if (word.isolation != Isolation::kRemote) findings.tiers.push_back(examine(word, plan));
  }
  findings.unseen_crashes = find_obstacle_to_core_files();
  findings.narrow_limits = find_narrow_limits();
  console.say(as_json ? doctor_report_as_json(findings) : render_doctor_report(findings));
  return findings.is_well() ? ExitCode::kGood : ExitCode::kFailed;
}

}  // namespace

void add_doctor_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("doctor", "Tell what this machine offers to isolate and observe programs");
  auto as_json = std::make_shared<bool>(false);
  command->add_flag("--json", *as_json, "As JSON: one object, with the tiers and their promises");
  command->footer(
      "Examples:\n"
      "  chatspec doctor");
  command->callback([&chosen, as_json] {
    chosen = [as_json](Console& console) { return doctor(*as_json, console); };
  });
}

}  // namespace chatspec
