#include "harness/scenario/check_requirements.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/scenario/report_at.h"
#include "reference/requirements.h"

namespace chatspec {
namespace {

// Or a failure in this role would be blamed on a rule for the other.
void check_covers_role(const Covers& covers, Role role, Diagnostics& diagnostics) {
  const bool bound = std::ranges::any_of(covers.requirements, [&](const Name& name) {
    const chat::Requirement* requirement = chat::find_requirement(name.text);
    return requirement && requirement->binds.has(role);
  });
  if (!bound && !diagnostics.has_errors()) {
    report_at(diagnostics, LintCode::kWrongRole, covers.requirements.front().span,
              fmt::format("no requirement that this scenario covers binds a {}", to_string(role)));
  }
}

void check_covers(const Scenario& scenario, Diagnostics& diagnostics) {
  const Covers* covers = scenario.find<Covers>();
  const Roles* role = scenario.find<Roles>();
  if (!covers || !role) return;
  chat::Level strongest = chat::Level::kMay;
  for (const Name& name : covers->requirements) {
    const chat::Requirement* requirement = chat::find_requirement(name.text);
    if (!requirement) continue;
    strongest = std::min(strongest, requirement->level);
    if (!overlap(*role, requirement->binds)) {
      report_at(
          diagnostics, LintCode::kWrongRole, name.span,
          fmt::format("{} does not bind a {}", name.text, role->server ? "server" : "client"));
    }
  }
  for (const Role one : {Role::kServer, Role::kClient}) {
    if (role->has(one)) check_covers_role(*covers, one, diagnostics);
  }
  const LevelIs* level = scenario.find<LevelIs>();
  if (level && !diagnostics.has_errors() && level->level < strongest) {
    report_at(diagnostics, LintCode::kLevelTooStrong, level->span,
              "no requirement that this scenario covers is as strong as its level",
              fmt::format("level {}", chat::to_string(strongest)));
  }
}

// `deviates` is a remark on a *should*; a *must* cannot be met in another way.
void check_deviations(const Scenario& scenario, Diagnostics& diagnostics) {
  const Roles* role = scenario.find<Roles>();
  for (const TranscriptLine* line : scenario.all<TranscriptLine>()) {
    for (const Alternative& alternative : line->alternatives) {
      const chat::Requirement* requirement = chat::find_requirement(alternative.requirement);
      if (!requirement || !role) continue;
      const bool bound = overlap(*role, requirement->binds);
      if (requirement->level == chat::Level::kMust) {
        report_at(diagnostics, LintCode::kBadDeviation, alternative.span,
                  fmt::format("{} is a must, which nothing excuses", requirement->id));
      } else if (!bound) {
        report_at(diagnostics, LintCode::kWrongRole, alternative.span,
                  fmt::format("{} does not bind a {}", requirement->id,
                              role->server ? "server" : "client"));
      }
    }
  }
}

}  // namespace

void check_requirements(const Scenario& scenario, Diagnostics& diagnostics) {
  check_covers(scenario, diagnostics);
  check_deviations(scenario, diagnostics);
}

}  // namespace chatspec
