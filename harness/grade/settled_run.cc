#include "harness/grade/settled_run.h"

#include <algorithm>
#include <map>
#include <string_view>

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

// Whether a failure rests on nothing but that time went by.
bool rests_on_deadline(const CaseRecord& played) {
  if (!is_failure(played.verdict) || !played.failure) return false;
  const auto& evidence = played.failure->evidence;
  if (!evidence) return played.verdict == Verdict::kHang;
  return evidence->grade != QuietGrade::kProven && evidence->grade != QuietGrade::kSettled;
}

// Whether the build did not fail by what it was given, which fails each time.
bool may_be_built_yet(const RunOfLog& run) {
  return std::ranges::any_of(run.builds, [](const BuildRecord* build) {
    return build->timed_out || build->verdict == Verdict::kError;
  });
}

SettledRun settle_one(const RunOfLog& run) {
  SettledRun settled{
      .role = run.run->role, .run = &run, .cases = run.cases, .is_whole = run.is_whole()};
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

bool is_replay_of(const RunOfLog& again, const RunOfLog& run) {
  return again.run->role == run.run->role && again.run->name == run.run->name &&
         again.run->seed == run.run->seed && again.run->run_id != run.run->run_id;
}

// With what came out when it was played again.
SettledRun settle_with_replay(const RunOfLog& run, const RunOfLog& again) {
  if (!run.was_built() || !run.is_whole()) return settle_one(again);
  SettledRun settled = settle_one(run);
  if (!again.is_whole() || !again.was_built()) {
    settled.is_whole = false;
    settled.why_not =
        "what had failed by a deadline was not played again to the end: " + explain_gap(again);
    return settled;
  }
  std::map<std::string_view, const CaseRecord*> alone;
  for (const CaseRecord* played : again.cases) alone.emplace(played->id, played);
  for (const CaseRecord*& played : settled.cases) {
    const auto found = alone.find(played->id);
    if (found == alone.end()) continue;
    const bool has_failed = is_failure(played->verdict);
    played = found->second;
    if (has_failed && !is_failure(played->verdict) && played->verdict != Verdict::kSkipped)
      settled.flaky.insert(played->id);
    if (has_passed_at_times(*played)) settled.flaky.insert(played->id);
  }
  return settled;
}

// What is wrong with a run whose log was given, "" where nothing is.
std::string find_mistake(const RunOfLog& run) {
  if (!run.run) return "a log does not have the beginning of its run";
  if (!run.run->shard) return {};
  return fmt::format(
      "a log has a part of a run only ({} of {}); `chatspec merge` makes one log of all of them",
      run.run->shard->number, run.run->shard->count);
}

}  // namespace

std::optional<Replay> find_replay(const RunOfLog& run) {
  if (!run.is_whole() || may_be_built_yet(run)) return Replay{.is_of_all = true};
  if (!run.was_built()) return std::nullopt;
  Replay replay;
  std::set<std::string_view> ids;
  const bool is_given_up = !run.end->given_up.empty();
  for (const CaseRecord* played : run.cases) {
    const bool follows = played->skipped && (ids.contains(played->skipped->case_id) ||
                                             (is_given_up && played->skipped->kind == "given-up"));
    if (played->verdict != Verdict::kError && !rests_on_deadline(*played) && !follows) continue;
    ids.insert(played->id);
    replay.ids.push_back(played->id);
  }
  if (replay.ids.empty()) return std::nullopt;
  return replay;
}

std::expected<std::vector<SettledRun>, std::string> settle_runs(std::span<const RunOfLog> runs) {
  for (const RunOfLog& run : runs) {
    if (std::string mistake = find_mistake(run); !mistake.empty())
      return std::unexpected(std::move(mistake));
  }
  std::vector<const RunOfLog*> in_time;
  for (const RunOfLog& run : runs) in_time.push_back(&run);
  // Names of logs need not sort so.
  std::ranges::stable_sort(in_time, {}, [](const RunOfLog* run) { return run->run->start; });
  std::vector<SettledRun> settled;
  std::vector<const RunOfLog*> firsts;
  for (const RunOfLog* run : in_time) {
    const auto same = std::ranges::find_if(
        firsts, [&](const RunOfLog* first) { return first->run->role == run->run->role; });
    if (same == firsts.end()) {
      firsts.push_back(run);
      settled.push_back(settle_one(*run));
    } else if (is_replay_of(*run, **same)) {
      settled[static_cast<std::size_t>(same - firsts.begin())] = settle_with_replay(**same, *run);
    } else {
      return std::unexpected(fmt::format(
          "there are two runs of a {}; expected one of each role, of a single submission",
          chat::to_string(run->run->role)));
    }
  }
  std::ranges::sort(settled, {}, &SettledRun::role);
  return settled;
}

}  // namespace chatspec
