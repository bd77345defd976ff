#include "harness/grade/settled_run.h"

#include <algorithm>

#include <fmt/format.h>

namespace chatspec {
namespace {

// Why a run is not whole.
std::string explain_gap(const RunOfLog& run) {
  if (!run.end) return "its log ends before it did";
  if (run.end->interrupted) return "it was interrupted";
  if (run.end->is_out_of_time()) return "the time was over";
  return fmt::format("its log has {} of {} cases", run.cases.size(), run.run->cases);
}

bool has_passed_at_times(const CaseRecord& played) {
  return is_failure(played.verdict) &&
         std::ranges::any_of(played.attempts, [](const AttemptRecord& attempt) {
           return attempt.verdict == Verdict::kPass || attempt.verdict == Verdict::kDeviates;
         });
}

SettledRun settle_one(const RunOfLog& run) {
  SettledRun settled{.role = run.run->role, .cases = run.cases, .is_whole = run.is_whole()};
  if (!settled.is_whole) settled.why_not = explain_gap(run);
  // That which failed, where one did.
  for (const BuildRecord* build : run.builds) {
    if (!settled.build || settled.build->verdict == Verdict::kPass) settled.build = build;
  }
  for (const CaseRecord* played : run.cases) {
    if (has_passed_at_times(*played)) settled.flaky.insert(played->id);
  }
  return settled;
}

}  // namespace

std::expected<std::vector<SettledRun>, std::string> settle_runs(std::span<const RunOfLog> runs) {
  std::vector<SettledRun> settled;
  for (const RunOfLog& run : runs) {
    if (!run.run) return std::unexpected("a log does not have the beginning of its run");
    const std::string_view role = chat::to_string(run.run->role);
    if (run.run->shard)
      return std::unexpected(fmt::format(
          "a log has a part of a run only ({} of {}); `chatspec merge` makes one log of "
          "all of them",
          run.run->shard->number, run.run->shard->count));
    if (std::ranges::count(settled, run.run->role, &SettledRun::role) > 0)
      return std::unexpected(fmt::format(
          "there are two runs of a {}; expected one of each role, of a single submission", role));
    settled.push_back(settle_one(run));
  }
  std::ranges::sort(settled, {}, &SettledRun::role);
  return settled;
}

}  // namespace chatspec
