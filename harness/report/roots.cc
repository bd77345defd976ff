// A trait that many findings share is likelier what they have in common. So each finding takes that
// of its explanations (explanation.h) whose traits are shared most, and each trait that was taken
// is a root. Roots with the very same cases are one.

#include "harness/report/roots.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/explanation.h"

namespace chatspec {
namespace {

struct Explained {
  Showing showing;
  Root::Kind kind = Root::Kind::kFailure;
  std::vector<Explanation> explanations{};  // the likeliest first, never empty
};

std::vector<Explained> explain_all(std::span<const CaseRecord* const> cases) {
  std::vector<Explained> all;
  for (const CaseRecord* played : cases) {
    if (played->verdict == Verdict::kPass || played->verdict == Verdict::kSkipped) continue;
    if (played->is_known()) continue;
    if (played->verdict == Verdict::kError) {
      all.push_back({{played, nullptr},
                     Root::Kind::kTrouble,
                     {{"trouble/" + without_particulars(played->trouble)}}});
    }
    if (played->failure) {
      const auto kind =
          played->verdict == Verdict::kDeviates ? Root::Kind::kDeviation : Root::Kind::kFailure;
      all.push_back({{played, &*played->failure}, kind, explain(*played, *played->failure)});
    }
    for (const FindingRecord& finding : played->deviations)
      all.push_back({{played, &finding}, Root::Kind::kDeviation, explain(*played, finding)});
  }
  return all;
}

using Support = std::map<std::string, std::size_t>;

Support count_support(const std::vector<Explained>& all) {
  Support support;
  for (const Explained& one : all) {
    Explanation traits;
    for (const Explanation& explanation : one.explanations)
      traits.insert(explanation.begin(), explanation.end());
    for (const std::string& trait : traits) ++support[trait];
  }
  return support;
}

// The explanation that is shared most; of equals the likeliest.
const Explanation& choose(const Explained& one, const Support& support) {
  const auto shared = [&](const Explanation& traits) {
    std::size_t sum = 0;
    for (const std::string& trait : traits) sum += support.at(trait);
    return static_cast<double>(sum) / static_cast<double>(traits.size());
  };
  return *std::ranges::max_element(one.explanations, {}, shared);
}

// Of a showing, how much there is to look at before it is understood. What only deviates is no
// sight of a root that makes others fail.
struct Effort {
  bool only_deviates = false;
  std::size_t other_roots = 0;
  std::size_t explanations = 1;  // that cannot be told apart in it
  bool is_special = false;       // beyond what every course has
  std::uint64_t bytes = 0;

  auto operator<=>(const Effort&) const = default;
};

struct Gathered {
  Root::Kind kind = Root::Kind::kTrouble;  // the gravest of them
  std::vector<Showing> showings{};
  std::vector<Effort> efforts{};
};

Effort effort_of(const Explained& one, std::size_t other_roots) {
  const CaseRecord& played = *one.showing.played;
  const bool is_core = std::ranges::find(played.tags, "core") != played.tags.end();
  std::uint64_t bytes = 0;
  for (const EventRecord& event : played.events) bytes += event.bytes.length();
  return {.only_deviates = one.kind == Root::Kind::kDeviation,
          .other_roots = other_roots,
          .explanations = one.explanations.size(),
          .is_special = !is_core,
          .bytes = bytes};
}

void put_clearest_first(Gathered& gathered) {
  const auto clearest = std::ranges::min_element(gathered.efforts) - gathered.efforts.begin();
  std::rotate(gathered.showings.begin(), gathered.showings.begin() + clearest,
              gathered.showings.begin() + clearest + 1);
}

// By the cases that were not played: those that failed and kept them back, whether they needed
// these themselves or something that needed them.
std::map<std::string, std::size_t> count_kept_back(std::span<const CaseRecord* const> cases) {
  std::map<std::string, std::string> waits_for;
  for (const CaseRecord* one : cases) {
    if (one->verdict == Verdict::kSkipped && one->skipped && !one->skipped->case_id.empty())
      waits_for.emplace(one->id, one->skipped->case_id);
  }
  std::map<std::string, std::size_t> counts;
  for (const auto& [waiting, needed] : waits_for) {
    const std::string* last = &needed;
    // No further than there are cases: a log may say anything.
    for (std::size_t i = 0; i < waits_for.size(); ++i) {
      const auto next = waits_for.find(*last);
      if (next == waits_for.end()) break;
      last = &next->second;
    }
    ++counts[*last];
  }
  return counts;
}

std::vector<const CaseRecord*> cases_of(const Gathered& gathered) {
  std::vector<const CaseRecord*> cases;
  for (const Showing& showing : gathered.showings) cases.push_back(showing.played);
  return cases;
}

std::map<std::string, Gathered> gather(const std::vector<Explained>& all) {
  const Support support = count_support(all);
  std::map<std::string, Gathered> gathered;
  for (const Explained& one : all) {
    const Explanation& traits = choose(one, support);
    for (const std::string& trait : traits) {
      Gathered& root = gathered[trait];
      root.kind = std::min(root.kind, one.kind);
      // A blemish of every reply shows several times in one case.
      if (!root.showings.empty() && root.showings.back().played == one.showing.played) continue;
      root.showings.push_back(one.showing);
      root.efforts.push_back(effort_of(one, traits.size() - 1));
    }
  }
  return gathered;
}

std::size_t count_scenarios(const std::vector<Showing>& showings) {
  std::set<std::string_view> scenarios;
  for (const Showing& showing : showings) {
    const std::string_view id = showing.played->id;
    scenarios.insert(id.substr(0, id.find('[')));
  }
  return scenarios.size();
}

}  // namespace

const std::string& sentence_of(const Root& root) {
  const Showing& clearest = root.showings.front();
  if (!clearest.finding) return clearest.played->trouble;
  return clearest.finding->cause ? clearest.finding->cause->sentence : clearest.finding->message;
}

std::string requirement_of(const Root& root) {
  const auto& [played, finding] = root.showings.front();
  if (finding && !finding->requirement.empty()) return finding->requirement;
  return played->requirements.empty() ? "" : played->requirements.front();
}

std::vector<Root> find_roots(std::span<const CaseRecord* const> cases) {
  const auto kept_back = count_kept_back(cases);
  // By their cases, so that mistakes which always come together are one root.
  std::map<std::pair<Root::Kind, std::vector<const CaseRecord*>>, Root> by_cases;
  for (auto& [trait, gathered] : gather(explain_all(cases))) {
    const auto [found, is_new] = by_cases.try_emplace({gathered.kind, cases_of(gathered)});
    Root& root = found->second;
    root.kind = gathered.kind;
    root.id += (is_new ? "" : "+") + trait;
    if (!is_new) continue;
    put_clearest_first(gathered);
    root.showings = std::move(gathered.showings);
    root.scenarios = count_scenarios(root.showings);
    for (const Showing& showing : root.showings) {
      const auto kept = kept_back.find(showing.played->id);
      if (kept != kept_back.end()) root.kept_back += kept->second;
    }
  }
  std::vector<Root> roots;
  for (auto& [key, root] : by_cases) roots.push_back(std::move(root));
  std::ranges::sort(roots, {}, [](const Root& root) {
    return std::tuple(root.kind, -static_cast<std::int64_t>(root.kept_back + root.showings.size()),
                      root.id);
  });
  return roots;
}

}  // namespace chatspec
