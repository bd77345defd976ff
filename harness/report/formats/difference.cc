#include "harness/report/formats/difference.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

bool is_judged(Verdict verdict) {
  return verdict != Verdict::kSkipped && verdict != Verdict::kError;
}

// What happened to a case that is in both logs; nothing where it came to the same.
std::optional<Change> change_between(const CaseOutcome& before, const CaseOutcome& after) {
  const bool was_judged = is_judged(before.verdict);
  if (!is_judged(after.verdict))
    return was_judged ? std::optional(Change::kNotJudged) : std::nullopt;
  if (!was_judged) return after.verdict == Verdict::kPass ? Change::kJudged : Change::kUncovered;
  if (is_failure(after.verdict) && !is_failure(before.verdict)) return Change::kBroken;
  if (is_worse(after.verdict, before.verdict)) return Change::kWorse;
  const bool is_mended =
      is_worse(before.verdict, after.verdict) &&
      (is_failure(before.verdict) != is_failure(after.verdict) || after.verdict == Verdict::kPass);
  if (is_mended) return Change::kMended;
  return before == after ? std::nullopt : std::optional(Change::kOtherwise);
}

Verdict verdict_of(const Result& result) {
  return result.played ? result.played->verdict : result.build->verdict;
}

ComparedResult compared(const Result& result) {
  CaseOutcome outcome{.verdict = verdict_of(result)};
  if (result.played) outcome = outcome_of(*result.played);
  return {.outcome = outcome, .message = result.message};
}

// A run of the older log and the one that it is compared with; either may be missing.
struct SuitePair {
  const ResultSuite* before = nullptr;
  const ResultSuite* after = nullptr;
};

std::vector<SuitePair> pair_suites(std::span<const ResultSuite> before,
                                   std::span<const ResultSuite> after) {
  if (before.size() == 1 && after.size() == 1) return {{&before.front(), &after.front()}};
  std::vector<SuitePair> pairs;
  for (const ResultSuite& suite : after) {
    const auto same = std::ranges::find(before, suite.name, &ResultSuite::name);
    pairs.push_back({same == before.end() ? nullptr : &*same, &suite});
  }
  for (const ResultSuite& suite : before) {
    if (std::ranges::find(after, suite.name, &ResultSuite::name) == after.end())
      pairs.push_back({&suite, nullptr});
  }
  return pairs;
}

// By their names, the cases and builds. What a run lacks is no case: it is a remark.
std::map<std::string_view, const Result*> index_results(const ResultSuite* suite) {
  std::map<std::string_view, const Result*> results;
  if (!suite) return results;
  for (const Result& result : suite->results) {
    if (result.played || result.build) results.emplace(result.name, &result);
  }
  return results;
}

void compare_pair(const SuitePair& pair, Difference& difference) {
  auto olds = index_results(pair.before);
  const auto add = [&](Change change, const Result* before, const Result* after) {
    const Result& told = after ? *after : *before;
    CaseChange one{.change = change,
                   .suite = pair.after ? pair.after->name : pair.before->name,
                   .name = told.name};
    if (before) one.before = compared(*before);
    if (after) one.after = compared(*after);
    one.is_other_scenario = before && after && before->played && after->played &&
                            before->played->source != after->played->source;
    difference.changes.push_back(std::move(one));
  };
  std::span<const Result> news;
  if (pair.after) news = pair.after->results;
  for (const Result& result : news) {
    if (!result.played && !result.build) continue;
    const auto old = olds.find(result.name);
    if (old == olds.end()) {
      add(Change::kNew, nullptr, &result);
      continue;
    }
    const auto change = change_between(compared(*old->second).outcome, compared(result).outcome);
    if (change) add(*change, old->second, &result);
    if (!change) ++difference.same;
    olds.erase(old);
  }
  for (const auto& [name, old] : olds) add(Change::kGone, old, nullptr);
}

void add_gaps(std::string_view which, const ResultSuite& suite, Difference& difference) {
  for (const Result& result : suite.results) {
    if (!result.played && !result.build)
      difference.remarks.push_back(fmt::format("{}, {}: {}", which, suite.name, result.message));
  }
}

// What the runs were asked differently.
struct Setting {
  std::string_view name;
  std::string (*value)(const RunRecord&);
};
constexpr std::array kSettings{
    Setting{"suite", [](const RunRecord& run) { return run.suite; }},
    Setting{"role", [](const RunRecord& run) { return std::string(chat::to_string(run.role)); }},
    Setting{"profile", [](const RunRecord& run) { return run.profile.name; }},
    Setting{"delivery", [](const RunRecord& run) { return run.delivery; }},
};

void add_other_settings(const SuitePair& pair, Difference& difference) {
  if (!pair.before || !pair.after) return;
  for (const Setting& setting : kSettings) {
    if (setting.value(pair.before->run) != setting.value(pair.after->run)) {
      difference.remarks.push_back(
          fmt::format("{}: the {} is not the same in both logs", pair.after->name, setting.name));
    }
  }
}

}  // namespace

std::size_t Difference::count(Change change) const {
  return static_cast<std::size_t>(std::ranges::count(changes, change, &CaseChange::change));
}

Difference compare_results(std::span<const ResultSuite> before,
                           std::span<const ResultSuite> after) {
  Difference difference;
  for (const ResultSuite& suite : before) add_gaps("the older log", suite, difference);
  for (const ResultSuite& suite : after) add_gaps("the newer log", suite, difference);
  for (const SuitePair& pair : pair_suites(before, after)) {
    add_other_settings(pair, difference);
    compare_pair(pair, difference);
  }
  std::ranges::stable_sort(difference.changes, {}, &CaseChange::change);
  return difference;
}

}  // namespace chatspec
