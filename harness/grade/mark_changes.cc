#include "harness/grade/mark_changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "harness/judge/findings/verdict.h"

namespace chatspec {
namespace {

constexpr std::string_view kNotThere = "not there";
constexpr std::string_view kPasses = "pass";

// Those of `some` that are not among `others`, each as often as it is missing there.
std::vector<std::string> find_missing(const std::vector<std::string>& some,
                                      const std::vector<std::string>& others) {
  std::multiset<std::string> left(others.begin(), others.end());
  std::vector<std::string> missing;
  for (const std::string& one : some) {
    const auto found = left.find(one);
    if (found == left.end())
      missing.push_back(one);
    else
      left.erase(found);
  }
  return missing;
}

std::vector<std::string> remark_on(const ClassMarks& before, const ClassMarks& now) {
  std::vector<std::string> remarks;
  if (before.chatspec != now.chatspec)
    remarks.push_back(
        fmt::format("chatspec is another one: {}, before {}", now.chatspec, before.chatspec));
  if (before.suite != now.suite)
    remarks.emplace_back("the scenarios or the profile are not what they were");
  if (before.seed != now.seed)
    remarks.emplace_back("the seed is another one, so that keys and messages were others");
  return remarks;
}

struct EarnedPart {
  PartOfRole part{};
  Points earned{};
};

// By role and words; of parts that are written twice the last.
std::map<std::pair<Role, std::string>, EarnedPart> parts_of(const ClassMarks& marks,
                                                            const Score& score) {
  std::map<std::pair<Role, std::string>, EarnedPart> parts;
  const std::size_t count = std::min(marks.parts.size(), score.parts.size());
  for (std::size_t i = 0; i < count; ++i) {
    const PartOfRole& part = marks.parts[i];
    parts[{part.role, part.cases}] = {part, score.parts[i]};
  }
  return parts;
}

std::vector<PartTurn> compare_parts(const ClassMarks& marks_before, const Score& before,
                                    const ClassMarks& marks_now, const Score& now) {
  std::map<std::pair<Role, std::string>, PartTurn> turns;
  const auto turn_of = [&](const PartOfRole& part) -> PartTurn& {
    PartTurn& turn = turns[{part.role, part.cases}];
    turn.role = part.role;
    turn.cases = part.cases;
    return turn;
  };
  for (const auto& [key, one] : parts_of(marks_before, before)) {
    turn_of(one.part).earned_before = one.earned;
    turn_of(one.part).points_before = one.part.points;
  }
  for (const auto& [key, one] : parts_of(marks_now, now)) {
    turn_of(one.part).earned_now = one.earned;
    turn_of(one.part).points_now = one.part.points;
  }
  std::vector<PartTurn> changed;
  for (auto& [key, turn] : turns) {
    if (turn.earned_before != turn.earned_now || turn.points_before != turn.points_now)
      changed.push_back(std::move(turn));
  }
  return changed;
}

std::vector<MistakeTurn> compare_mistakes(const Score& before, const Score& now) {
  std::map<std::pair<Role, std::string>, MistakeTurn> turns;
  for (const ScoredMistake& mistake : before.mistakes)
    turns[{mistake.role, mistake.root}] = {.mistake = mistake, .before = mistake.cost};
  for (const ScoredMistake& mistake : now.mistakes) {
    MistakeTurn& turn = turns[{mistake.role, mistake.root}];
    turn.mistake = mistake;
    turn.now = mistake.cost;
  }
  std::vector<MistakeTurn> changed;
  for (auto& [key, turn] : turns) {
    if (turn.before != turn.now) changed.push_back(std::move(turn));
  }
  // What takes most first, then what gives most.
  std::ranges::stable_sort(changed, {}, [](const MistakeTurn& turn) {
    const std::int64_t more = (turn.now - turn.before).hundredths();
    return std::pair(more < 0, more < 0 ? more : -more);
  });
  return changed;
}

std::map<PlayedCase, std::string> outcomes_of(const Score& score) {
  std::map<PlayedCase, std::string> outcomes;
  for (const ScoredCase& one : score.cases)
    outcomes[{one.role, one.id}] =
        fmt::format("{}{}{}", to_string(one.verdict), one.code.empty() ? "" : " ", one.code);
  return outcomes;
}

// In the order of what is to be looked at first.
std::vector<CaseTurn> compare_cases(const ClassMarks& marks_before, const Score& before,
                                    const ClassMarks& marks_now, const Score& now) {
  const auto outcomes_before = outcomes_of(before);
  const auto outcomes_now = outcomes_of(now);
  const auto outcome_in = [](const ClassMarks& marks, const auto& outcomes, const PlayedCase& one) {
    const auto found = outcomes.find(one);
    if (found != outcomes.end()) return found->second;
    return std::string(marks.played.contains(one) ? kPasses : kNotThere);
  };
  std::set<PlayedCase> all = marks_before.played;
  all.insert(marks_now.played.begin(), marks_now.played.end());
  std::vector<CaseTurn> changed;
  for (const PlayedCase& one : all) {
    CaseTurn turn{.role = one.role,
                  .id = one.id,
                  .before = outcome_in(marks_before, outcomes_before, one),
                  .now = outcome_in(marks_now, outcomes_now, one)};
    turn.passed_before = turn.before == kPasses;
    turn.passes_now = turn.now == kPasses;
    if (turn.before != turn.now) changed.push_back(std::move(turn));
  }
  std::ranges::stable_sort(changed, {}, [](const CaseTurn& turn) {
    return std::pair(turn.passes_now || turn.now == kNotThere, !turn.passed_before);
  });
  return changed;
}

MarkTurn turn_of(const std::optional<Points>& before, const std::optional<Points>& now) {
  if (!now) return MarkTurn::kLost;
  if (!before) return MarkTurn::kGained;
  return *now < *before ? MarkTurn::kFell : MarkTurn::kRose;
}

const Score* find_score(const ClassMarks& marks, const std::string& id) {
  const auto found = std::ranges::find(marks.scores, id, &Score::id);
  return found == marks.scores.end() ? nullptr : &*found;
}

std::string why_not_graded(const Score* score) {
  return score ? score->why_not : "it is not among the submissions";
}

MarkChange compare_scores(const ClassMarks& marks_before, const Score* before,
                          const ClassMarks& marks_now, const Score* now) {
  const Score& known = now ? *now : *before;
  MarkChange change{.id = known.id, .student = known.student};
  if (before) change.before = before->total;
  if (now) change.now = now->total;
  change.turn = turn_of(change.before, change.now);
  if (!change.now) change.why_not = why_not_graded(now);
  if (!change.before) change.why_not = why_not_graded(before);
  if (!before || !now) return change;
  change.has_other_files =
      !before->files.empty() && !now->files.empty() && before->files != now->files;
  if (!change.before || !change.now) return change;
  change.parts = compare_parts(marks_before, *before, marks_now, *now);
  change.mistakes = compare_mistakes(*before, *now);
  change.cases = compare_cases(marks_before, *before, marks_now, *now);
  return change;
}

}  // namespace

std::size_t MarkChanges::count(MarkTurn turn) const {
  return static_cast<std::size_t>(std::ranges::count(changes, turn, &MarkChange::turn));
}

MarkChanges compare_marks(const ClassMarks& before, const ClassMarks& now) {
  MarkChanges result{.remarks = remark_on(before, now),
                     .settings_before = find_missing(before.settings, now.settings),
                     .settings_now = find_missing(now.settings, before.settings)};
  std::set<std::string> ids;
  for (const ClassMarks* marks : {&before, &now}) {
    for (const Score& score : marks->scores) ids.insert(score.id);
  }
  for (const std::string& id : ids) {
    const Score* was = find_score(before, id);
    const Score* is = find_score(now, id);
    const std::optional<Points> none;
    const auto& total_before = was ? was->total : none;
    const auto& total_now = is ? is->total : none;
    if (total_before == total_now)
      ++(total_now ? result.same : result.without);
    else
      result.changes.push_back(compare_scores(before, was, now, is));
  }
  std::ranges::stable_sort(result.changes, {}, [](const MarkChange& change) {
    const std::int64_t more = change.difference().hundredths();
    return std::pair(change.turn, more < 0 ? more : -more);
  });
  return result;
}

}  // namespace chatspec
