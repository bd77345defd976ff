#include "harness/grade/mark.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/grade/standings.h"

namespace chatspec {
namespace {

// The chapter whose cases show that a program starts, on which all others stand.
constexpr std::string_view kStart = "start/";

// Cases are weighed in hundredths, since one that deviates may count in part.
constexpr std::int64_t kWholeCase = 100;

bool is_unbuilt(const SettledRun& run) {
  return run.build && run.build->verdict != Verdict::kPass;
}

// Why nothing is known by which a run could be marked; "" where all is.
std::string find_why_not(const SettledRun& run) {
  const std::string_view role = chat::to_string(run.role);
  if (is_unbuilt(run) && run.build->verdict != Verdict::kError) return {};
  if (is_unbuilt(run))
    return fmt::format("chatspec itself had trouble when it built the {}: {}", role,
                       run.build->message);
  if (!run.is_whole) return fmt::format("the {} was not played to the end: {}", role, run.why_not);
  const auto troubled = std::ranges::count(run.cases, Verdict::kError, &CaseRecord::verdict);
  if (troubled > 0)
    return fmt::format("chatspec itself had trouble in {} of the {}'s cases", troubled, role);
  return {};
}

// Why a part of a run cannot be told from one in which all is wrong; "" where it can. Where each
// program has the profile that it speaks, a part may have nothing for that one, and earns nothing.
std::string find_why_unknown(const Assignment& assignment, const PartMark& part,
                             const SettledRun& run) {
  if (is_unbuilt(run) || part.cases() > 0 || assignment.profile == "auto") return {};
  return fmt::format("nothing of `{}` was played of the {}", part.part->cases.to_string(),
                     chat::to_string(run.role));
}

// What a root takes of a part.
struct Taken {
  std::size_t cases = 0;
  std::int64_t weight = 0;  // of them, what is lost
  bool fails = false;       // some of them fail, and do not only deviate
};

// One run, in its role. What is lost is first counted by part and root, then each root finds the
// part in which it counts, and then each part is summed up.
class Reckoner {
 public:
  Reckoner(const Assignment& assignment, const SettledRun& run)
      : assignment_(assignment),
        role_(run.role),
        standings_(find_standings(assignment, run)),
        homes_(standings_.roots.size()) {
    count_cases();
    choose_homes();
  }

  void add_to(Mark& mark) {
    const std::size_t first = mark.mistakes.size();
    for (Root& root : standings_.roots)
      mark.mistakes.push_back({.role = role_, .root = std::move(root)});
    for (std::size_t at = 0; at < assignment_.parts.size(); ++at) {
      const PointsPart& part = assignment_.parts[at];
      if (!part.is_of(role_)) continue;
      PartMark reckoned = reckon(at);
      for (Charge& charge : reckoned.charges) {
        charge.mistake += first;
        Mistake& mistake = mark.mistakes[charge.mistake];
        mistake.cost += charge.cost;
        if (!mistake.part) mistake.part = &part;
      }
      mark.parts.push_back(std::move(reckoned));
    }
  }

 private:
  // Of a case's worth, in hundredths, what is lost to its root.
  std::int64_t lost_weight(const Standing& standing) const {
    if (!standing.root) return 0;
    if (!standing.passes) return kWholeCase;
    return standing.played->verdict == Verdict::kDeviates ? assignment_.deviates_percent : 0;
  }

  void count_cases() {
    sizes_.resize(assignment_.parts.size());
    for (const Standing& standing : standings_.cases) {
      if (!standing.part) continue;
      ++sizes_[*standing.part];
      const std::int64_t lost = lost_weight(standing);
      if (standing.is_left_out || lost == 0) continue;
      Taken& taken = taken_[*standing.part][*standing.root];
      ++taken.cases;
      taken.weight += lost;
      taken.fails = taken.fails || !standing.passes;
    }
  }

  // What a root takes of a part of which so much weight is reckoned.
  Points price_of(const Taken& taken, std::size_t at, std::int64_t whole) const {
    const PointsPart& part = assignment_.parts[at];
    if (!part.each) return points_of(assignment_, part, role_).share(taken.weight, whole);
    return taken.fails ? *part.each : part.each->share(assignment_.deviates_percent, kWholeCase);
  }

  // The part in which a root takes most points; of equals the first.
  void choose_homes() {
    std::vector<Points> most(homes_.size());
    for (const auto& [part, roots] : taken_) {
      const auto whole = static_cast<std::int64_t>(sizes_[part]) * kWholeCase;
      const Points points = points_of(assignment_, assignment_.parts[part], role_);
      for (const auto& [root, taken] : roots) {
        const Points worth = std::min(price_of(taken, part, whole), points);
        if (homes_[root] && worth <= most[root]) continue;
        homes_[root] = part;
        most[root] = worth;
      }
    }
  }

  // Whether a case fails, or was kept from being played by one that does. What the program may lack
  // is not lost.
  static bool is_lost(const Standing& standing) {
    const auto& skipped = standing.played->skipped;
    if (!skipped) return !standing.passes;
    return skipped->kind == "need" || skipped->kind == "given-up";
  }

  bool counts_in(std::size_t root, std::size_t part) const {
    return assignment_.reckoning == Reckoning::kCases || homes_[root] == part;
  }

  PartMark reckon(std::size_t at) const {
    const PointsPart& part = assignment_.parts[at];
    PartMark mark{.part = &part, .role = role_, .points = points_of(assignment_, part, role_)};
    std::int64_t lost_in_all = 0;
    bool shows = false;     // more than that the program starts
    bool is_about = false;  // more than that, which is lost
    for (const Standing& standing : standings_.cases) {
      if (standing.part != at) continue;
      const bool is_start = standing.played->id.starts_with(kStart);
      is_about = is_about || (!is_start && is_lost(standing));
      const bool counts = standing.root && counts_in(*standing.root, at);
      const bool is_left_out = standing.is_left_out || (!standing.passes && !counts);
      ++(is_left_out ? mark.left_out : standing.passes ? mark.passed : mark.lost);
      shows = shows || (!is_start && !is_left_out && standing.passes &&
                        standing.played->verdict != Verdict::kDeviates);
      if (counts && !is_left_out) lost_in_all += lost_weight(standing);
    }
    const auto whole = static_cast<std::int64_t>(mark.passed + mark.lost) * kWholeCase;
    add_charges(at, whole, mark);
    mark.shows_too_little =
        assignment_.reckoning == Reckoning::kMistakes && mark.passed > 0 && is_about && !shows;
    const bool earns = mark.passed > 0 && !mark.shows_too_little;
    if (earns && !part.each) mark.earned = mark.points.share(whole - lost_in_all, whole);
    if (earns && part.each) mark.earned = mark.points - sum_of_costs(mark);
    fit_costs(mark);
    return mark;
  }

  // With what each root costs that counts in a part of which so much weight is reckoned.
  void add_charges(std::size_t at, std::int64_t whole, PartMark& mark) const {
    const auto roots = taken_.find(at);
    if (roots == taken_.end()) return;
    for (const auto& [root, taken] : roots->second) {
      if (!counts_in(root, at)) continue;
      mark.charges.push_back(
          {.mistake = root, .cost = price_of(taken, at, whole), .cases = taken.cases});
    }
    std::ranges::stable_sort(mark.charges, std::greater<>(), &Charge::cost);
  }

  static Points sum_of_costs(const PartMark& mark) {
    Points sum;
    for (const Charge& charge : mark.charges) sum += charge.cost;
    return std::min(sum, mark.points);
  }

  // So that the costs together are what is lost: a part has no more points than it has, one in
  // which nothing passes loses all of them, and shares are rounded.
  static void fit_costs(PartMark& mark) {
    Points left = mark.points - mark.earned;
    for (Charge& charge : mark.charges) {
      const bool is_last = &charge == &mark.charges.back();
      charge.cost = is_last ? left : std::min(charge.cost, left);
      left = left - charge.cost;
    }
  }

  const Assignment& assignment_;
  Role role_;
  Standings standings_;
  std::vector<std::size_t> sizes_{};                             // of the parts, in cases
  std::map<std::size_t, std::map<std::size_t, Taken>> taken_{};  // by part and root
  std::vector<std::optional<std::size_t>> homes_;                // of the roots, a part
};

// The dearest first, and the charges' indices with them.
void sort_mistakes(Mark& mark) {
  std::vector<std::size_t> order(mark.mistakes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](std::size_t at) { return mark.mistakes[at].cost; });
  std::vector<Mistake> sorted;
  std::vector<std::size_t> places(order.size());
  for (const std::size_t at : order) {
    places[at] = sorted.size();
    sorted.push_back(std::move(mark.mistakes[at]));
  }
  mark.mistakes = std::move(sorted);
  for (PartMark& part : mark.parts)
    for (Charge& charge : part.charges) charge.mistake = places[charge.mistake];
}

}  // namespace

Points points_of(const Assignment& assignment, const PointsPart& part, Role role) {
  const bool is_shared =
      !part.role && assignment.has_role(Role::kServer) && assignment.has_role(Role::kClient);
  if (!is_shared) return part.points;
  const Points of_server = part.points.share(1, 2);
  return role == Role::kServer ? of_server : part.points - of_server;
}

Mark mark(const Assignment& assignment, std::span<const SettledRun> runs) {
  if (runs.empty()) return {.why_not = "nothing of it was played"};
  for (const SettledRun& run : runs) {
    if (std::string why_not = find_why_not(run); !why_not.empty())
      return {.why_not = std::move(why_not)};
  }
  Mark mark;
  for (const SettledRun& run : runs) {
    const std::size_t first = mark.parts.size();
    Reckoner(assignment, run).add_to(mark);
    for (const PartMark& part : std::span(mark.parts).subspan(first)) {
      if (std::string why_not = find_why_unknown(assignment, part, run); !why_not.empty())
        return {.why_not = std::move(why_not)};
    }
  }
  Points total;
  for (const PartMark& part : mark.parts) total += part.earned;
  mark.total = total;
  sort_mistakes(mark);
  return mark;
}

}  // namespace chatspec
