#include "harness/runs/play_order.h"

#include <cassert>
#include <map>
#include <set>
#include <string>

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

std::vector<const Case*> order_by_needs(std::span<const Case* const> cases) {
  Visit visit(cases);
  for (const Case* one : cases) visit.add(one);
  std::vector<const Case*> order = visit.take_order();
  assert(order.size() == cases.size() && "every case once");
  return order;
}

}  // namespace chatspec
