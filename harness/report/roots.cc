// Roots that show in the very same cases, or best in the same one, are one: mistakes that always
// come together cannot be looked at apart. Where a root's findings share a single one of the
// mistakes that were found after each, it is this one, and so it is told. How findings come
// together is told in root_groups.cc.

#include "harness/report/roots.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "harness/judge/findings/alternatives.h"
#include "harness/report/explanation.h"
#include "harness/report/root_groups.h"

namespace chatspec {
namespace {

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

// The explanations that are left for all of those that were searched through.
std::set<Explanation> narrow(const std::vector<Seen>& all) {
  std::optional<std::set<Explanation>> left;
  for (const Seen& one : all) {
    if (!one.showing.finding || !is_searched_through(*one.showing.finding)) continue;
    const std::set<Explanation> own(one.explanations.begin(), one.explanations.end());
    if (!left)
      left = own;
    else
      std::erase_if(*left, [&](const Explanation& each) { return !own.contains(each); });
  }
  return left.value_or(std::set<Explanation>());
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

// The finding that is shown, with the cause that all of its group which were searched through
// leave, where that is a single one.
std::optional<FindingRecord> tell(const Seen& clearest, const Group& group) {
  if (!clearest.showing.finding) return std::nullopt;
  FindingRecord told = *clearest.showing.finding;
  const std::set<Explanation> left = narrow(group.seen);
  if (!told.cause || left.size() != 1 || !left.contains(clearest.taken)) return told;
  const auto& all = clearest.explanations;
  const auto place = static_cast<std::size_t>(std::ranges::find(all, clearest.taken) - all.begin());
  told.cause->sentence = tell_one(*told.cause, place);
  return told;
}

Effort effort_of(const Seen& one) {
  const CaseRecord& played = *one.showing.played;
  const bool is_core = std::ranges::find(played.tags, "core") != played.tags.end();
  std::uint64_t bytes = 0;
  for (const EventRecord& event : played.events) bytes += event.bytes.length();
  const bool is_explained = !one.taken.empty();
  return {.only_deviates = one.kind == Root::Kind::kDeviation,
          .other_roots = is_explained ? one.taken.size() - 1 : 0,
          .tells_another = is_explained && one.taken != one.explanations.front(),
          .explanations = one.explanations.size(),
          .is_special = !is_core,
          .bytes = bytes};
}

const Seen& find_clearest(const Group& group) {
  return *std::ranges::min_element(group.seen, {}, effort_of);
}

const std::string& sentence_of(const FindingRecord& finding) {
  return finding.cause ? finding.cause->sentence : finding.message;
}

// What the other groups show, each sentence once.
std::vector<Likeness> list_likenesses(const Cluster& cluster) {
  std::vector<Likeness> likenesses;
  for (const Group& group : cluster | std::views::drop(1)) {
    const Seen& clearest = find_clearest(group);
    const std::optional<FindingRecord> told = tell(clearest, group);
    if (!told) continue;
    const std::string& sentence = sentence_of(*told);
    if (std::ranges::find(likenesses, sentence, &Likeness::sentence) == likenesses.end())
      likenesses.push_back({sentence, clearest.showing.played});
  }
  return likenesses;
}

// In the log's order, but for the clearest, which comes first. Of a case that shows in several
// groups, what it shows in the first.
std::vector<Showing> list_showings(const Cluster& cluster, const Showing& clearest) {
  std::map<const CaseRecord*, Seen> by_case;
  for (const Group& group : cluster) {
    for (const Seen& one : group.seen) by_case.emplace(one.showing.played, one);
  }
  std::map<std::size_t, Showing> by_place;
  for (const auto& [played, one] : by_case) by_place.emplace(one.place, one.showing);
  std::vector<Showing> showings{clearest};
  for (const auto& [place, showing] : by_place) {
    if (showing.played != clearest.played) showings.push_back(showing);
  }
  return showings;
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

std::size_t count_scenarios(const std::vector<Showing>& showings) {
  std::set<std::string_view> scenarios;
  for (const Showing& showing : showings) {
    const std::string_view id = showing.played->id;
    scenarios.insert(id.substr(0, id.find('[')));
  }
  return scenarios.size();
}

std::size_t kept_back_by(const Showing& showing,
                         const std::map<std::string, std::size_t>& kept_back) {
  const auto found = kept_back.find(showing.played->id);
  return found == kept_back.end() ? 0 : found->second;
}

Root make_root(const Cluster& cluster, const std::map<std::string, std::size_t>& kept_back) {
  const Group& telling = cluster.front();
  const Seen& clearest = find_clearest(telling);
  Root root{.id = telling.id, .kind = telling.kind, .told = tell(clearest, telling)};
  root.showings = list_showings(cluster, clearest.showing);
  root.likenesses = list_likenesses(cluster);
  root.scenarios = count_scenarios(root.showings);
  for (const Showing& showing : root.showings) root.kept_back += kept_back_by(showing, kept_back);
  return root;
}

std::set<const CaseRecord*> cases_of(const Root& root) {
  std::set<const CaseRecord*> cases;
  for (const Showing& showing : root.showings) cases.insert(showing.played);
  return cases;
}

// Whether whoever looks at one of them looks at the other, too: they show in the same cases, or are
// seen best in the same one.
bool look_the_same(const Root& one, const Root& other) {
  if (one.kind != other.kind) return false;
  const Showing& clearest = one.showings.front();
  const bool same_sight = clearest.finding && clearest.played == other.showings.front().played &&
                          clearest.finding == other.showings.front().finding;
  return same_sight ||
         (one.showings.size() == other.showings.size() && cases_of(one) == cases_of(other));
}

// Of two that look the same, the one that shows more often, with the cases of both; its id names
// both in their order.
Root put_together(Root first, Root second, std::span<const CaseRecord* const> cases,
                  const std::map<std::string, std::size_t>& kept_back) {
  const std::string id = first.id + "+" + second.id;
  const bool shows_more = second.showings.size() > first.showings.size();
  Root root = std::move(shows_more ? second : first);
  const Root& other = shows_more ? first : second;
  root.id = id;
  std::map<const CaseRecord*, Showing> by_case;
  for (const Showing& showing : root.showings) by_case.emplace(showing.played, showing);
  for (const Showing& showing : other.showings) {
    if (by_case.emplace(showing.played, showing).second)
      root.kept_back += kept_back_by(showing, kept_back);
  }
  by_case.erase(root.showings.front().played);
  root.showings.resize(1);
  for (const CaseRecord* played : cases) {
    const auto found = by_case.find(played);
    if (found != by_case.end()) root.showings.push_back(found->second);
  }
  root.scenarios = count_scenarios(root.showings);
  return root;
}

}  // namespace

const std::string& sentence_of(const Root& root) {
  if (!root.told) return root.showings.front().played->trouble;
  return sentence_of(*root.told);
}

std::string requirement_of(const Root& root) {
  const auto& [played, finding] = root.showings.front();
  if (finding && !finding->requirement.empty()) return finding->requirement;
  return played->requirements.empty() ? "" : played->requirements.front();
}

std::vector<Root> find_roots(std::span<const CaseRecord* const> cases) {
  const auto kept_back = count_kept_back(cases);
  std::vector<Root> roots;
  for (const Cluster& cluster : find_clusters(cases)) {
    Root root = make_root(cluster, kept_back);
    const auto same =
        std::ranges::find_if(roots, [&](const Root& other) { return look_the_same(root, other); });
    if (same == roots.end())
      roots.push_back(std::move(root));
    else
      *same = put_together(std::move(*same), std::move(root), cases, kept_back);
  }
  std::ranges::sort(roots, {}, [](const Root& root) {
    return std::tuple(root.kind, -static_cast<std::int64_t>(root.kept_back + root.showings.size()),
                      root.id);
  });
  return roots;
}

}  // namespace chatspec
