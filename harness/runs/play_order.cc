#include "harness/runs/play_order.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

#include "harness/runs/case_runner.h"

namespace chatspec {
namespace {

// Visits what is needed before whoever needs it, depth first.
class Visit {
 public:
  explicit Visit(std::span<const Case* const> cases) {
    for (const Case* one : cases) of_scenario_[one->file->id].push_back(one);
  }

  void add(const Case* one) {
    if (!seen_.insert(one).second) return;
    for (const std::string& need : one->needs()) {
      const auto needed = of_scenario_.find(need);
      if (needed == of_scenario_.end()) continue;
      for (const Case* before : needed->second) add(before);
    }
    order_.push_back(one);
  }

  std::vector<const Case*> take_order() { return std::move(order_); }

 private:
  std::map<std::string, std::vector<const Case*>> of_scenario_;
  std::set<const Case*> seen_;
  std::vector<const Case*> order_;
};

}  // namespace

std::vector<const Case*> shuffle_by_seed(std::span<const Case* const> cases, std::uint64_t seed) {
  std::vector<std::pair<std::uint64_t, const Case*>> places;
  for (const Case* one : cases) places.emplace_back(seed_of_case(seed, one->id), one);
  std::ranges::stable_sort(places, {}, [](const auto& place) { return place.first; });
  std::vector<const Case*> order;
  for (const auto& [place, one] : places) order.push_back(one);
  return order;
}

std::vector<const Case*> put_first(std::span<const Case* const> cases,
                                   const std::set<std::string>& ids) {
  std::vector<const Case*> order(cases.begin(), cases.end());
  std::ranges::stable_partition(order, [&](const Case* one) { return ids.contains(one->id); });
  return order;
}

std::vector<const Case*> order_by_needs(std::span<const Case* const> cases) {
  Visit visit(cases);
  for (const Case* one : cases) visit.add(one);
  std::vector<const Case*> order = visit.take_order();
  assert(order.size() == cases.size() && "every case once");
  return order;
}

}  // namespace chatspec
