#include "harness/grade/standings.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

namespace chatspec {
namespace {

// Whether a failure does not count: it came at times only, and the assignment lets that pass.
bool is_forgiven(const CaseRecord& played, const SettledRun& run, FlakyPolicy policy) {
  return policy == FlakyPolicy::kPass && run.flaky.contains(played.id);
}

// The cases of one run, and to which of its roots each is lost.
class RunStandings {
 public:
  RunStandings(const Assignment& assignment, const SettledRun& run)
      : assignment_(assignment), run_(run) {
    std::vector<const CaseRecord*> counting;
    std::ranges::copy_if(run.cases, std::back_inserter(counting), [&](const CaseRecord* played) {
      return !is_forgiven(*played, run, assignment.flaky);
    });
    roots_ = find_roots(counting);
    // The roots on which most hangs come first, and failures before deviations.
    for (std::size_t at = 0; at < roots_.size(); ++at)
      for (const Showing& showing : roots_[at].showings) owners_.emplace(showing.played->id, at);
    for (const CaseRecord* played : run.cases) by_id_.emplace(played->id, played);
  }

  Standings find() {
    Standings all;
    for (const CaseRecord* played : run_.cases) all.cases.push_back(find_standing(*played));
    all.roots = std::move(roots_);
    return all;
  }

 private:
  Standing find_standing(const CaseRecord& played) const {
    Standing standing{.played = &played, .part = assignment_.find_part(played, run_.role)};
    if (played.verdict == Verdict::kSkipped) {
      if (assignment_.reckoning == Reckoning::kCases) standing.root = find_keeper(played);
      standing.is_left_out = !standing.root;
      return standing;
    }
    standing.passes = is_forgiven(played, run_, assignment_.flaky) || !is_failure(played.verdict);
    standing.root = find_owner(played.id);
    return standing;
  }

  std::optional<std::size_t> find_owner(std::string_view id) const {
    const auto owner = owners_.find(id);
    return owner == owners_.end() ? std::nullopt : std::optional(owner->second);
  }

  // The root that kept a case from being played: that of the case which it needs, or of one that
  // this one needs; and where the program was given up, that on which most hangs.
  std::optional<std::size_t> find_keeper(const CaseRecord& skipped) const {
    const CaseRecord* waiting = &skipped;
    // No further than there are cases: a log may say anything.
    for (std::size_t i = 0; i < by_id_.size() && waiting->skipped; ++i) {
      const auto needed = by_id_.find(waiting->skipped->case_id);
      if (needed == by_id_.end()) break;
      if (const auto owner = find_owner(needed->first)) return owner;
      waiting = needed->second;
    }
    const bool is_given_up = waiting->skipped && waiting->skipped->kind == "given-up";
    return is_given_up && !roots_.empty() ? std::optional<std::size_t>(0) : std::nullopt;
  }

  const Assignment& assignment_;
  const SettledRun& run_;
  std::vector<Root> roots_{};
  // By the ids of cases, the root to which each counts.
  std::map<std::string_view, std::size_t> owners_{};
  std::map<std::string_view, const CaseRecord*> by_id_{};
};

}  // namespace

Standings find_standings(const Assignment& assignment, const SettledRun& run) {
  return RunStandings(assignment, run).find();
}

}  // namespace chatspec
