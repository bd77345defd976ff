// A trait that many findings share is likelier what they have in common. So each finding takes that
// of its explanations (explanation.h) whose traits are shared most, and each trait that was taken
// is a root. Roots with the very same cases are one. Where a root's findings share a single one of
// the mistakes that were found behind each, it is this one, and so it is told.

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

#include "harness/judge/alternatives.h"
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
  bool tells_another = false;    // and this one only among those that cannot be told apart
  std::size_t explanations = 1;  // that cannot be told apart in it
  bool is_special = false;       // beyond what every course has
  std::uint64_t bytes = 0;

  auto operator<=>(const Effort&) const = default;
};

struct Gathered {
  Root::Kind kind = Root::Kind::kTrouble;  // the gravest of them
  std::vector<Showing> showings{};
  std::vector<Effort> efforts{};
  std::vector<Explanation> taken{};  // of each showing
  std::set<Explanation> shared{};    // of the findings that were searched through, so far
  bool has_searched = false;
};

// Of a finding that another one joins: the explanations that are left for both.
void narrow(Gathered& gathered, const Explained& one) {
  if (!one.showing.finding || !is_searched_through(*one.showing.finding)) return;
  std::set<Explanation> left(one.explanations.begin(), one.explanations.end());
  if (gathered.has_searched)
    std::erase_if(left, [&](const Explanation& each) { return !gathered.shared.contains(each); });
  gathered.has_searched = true;
  gathered.shared = std::move(left);
}

std::string find_parameter(const CauseRecord& cause, const std::string& name) {
  const auto found = cause.parameters.find(name);
  return found == cause.parameters.end() ? "" : found->second;
}

// The sentence of one of several mistakes that explain what came, by its place among them; the
// first is told already, with the others behind it.
std::string tell_one(const CauseRecord& cause, std::size_t place) {
  const std::string others = find_parameter(cause, "others");
  const std::string_view told = cause.sentence;
  if (place == 0)
    return std::string(told.substr(0, told.size() - (told.ends_with(others) ? others.size() : 0)));
  const std::string all = find_parameter(cause, "words");
  std::string_view words = all;
  for (; place > 0 && words.contains(kBetweenWords); --place)
    words.remove_prefix(words.find(kBetweenWords) + kBetweenWords.size());
  if (place > 0) return cause.sentence;
  const std::string what(words.substr(0, words.find(kBetweenWords)));
  return cause.id == "text-sent-otherwise"
             ? make_cause("text-sent-otherwise", {{"what", what}}).sentence
             : make_cause("hashed-otherwise", {{"what", what}}).sentence;
}

// The finding that is shown, with the cause that all which were searched through leave, where that
// is a single one.
std::optional<FindingRecord> tell(const Gathered& gathered) {
  const auto& [played, clearest] = gathered.showings.front();
  if (!clearest) return std::nullopt;
  FindingRecord told = *clearest;
  const Explanation& taken = gathered.taken.front();
  if (!told.cause || gathered.shared.size() != 1 || !gathered.shared.contains(taken)) return told;
  const std::vector<Explanation> all = explain(*played, *clearest);
  const auto place = static_cast<std::size_t>(std::ranges::find(all, taken) - all.begin());
  told.cause->sentence = tell_one(*told.cause, place);
  return told;
}

Effort effort_of(const Explained& one, const Explanation& taken) {
  const CaseRecord& played = *one.showing.played;
  const bool is_core = std::ranges::find(played.tags, "core") != played.tags.end();
  std::uint64_t bytes = 0;
  for (const EventRecord& event : played.events) bytes += event.bytes.length();
  return {.only_deviates = one.kind == Root::Kind::kDeviation,
          .other_roots = taken.size() - 1,
          .tells_another = taken != one.explanations.front(),
          .explanations = one.explanations.size(),
          .is_special = !is_core,
          .bytes = bytes};
}

void put_clearest_first(Gathered& gathered) {
  const auto clearest = std::ranges::min_element(gathered.efforts) - gathered.efforts.begin();
  const auto put_first = [&](auto& all) {
    std::rotate(all.begin(), all.begin() + clearest, all.begin() + clearest + 1);
  };
  put_first(gathered.showings);
  put_first(gathered.efforts);
  put_first(gathered.taken);
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
      narrow(root, one);
      // A blemish of every reply shows several times in one case.
      if (!root.showings.empty() && root.showings.back().played == one.showing.played) continue;
      root.showings.push_back(one.showing);
      root.efforts.push_back(effort_of(one, traits));
      root.taken.push_back(traits);
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
  if (!root.told) return root.showings.front().played->trouble;
  return root.told->cause ? root.told->cause->sentence : root.told->message;
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
    root.told = tell(gathered);
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
