// Costs are counted in symbols. When a word ends and n > 1 candidates remain, 1 + log2(n / 2) / 2
// words more are thought to be needed, each of which costs what a word costs. To go on with an
// input costs
//   1 + the sum over its outputs of (the probability of the output x the cost of what remains then)
// and is done where that is less. What is known of the candidates is a tree, so the cheapest plan
// is found from its leaves. A candidate of which it is not known how it answers an input remains,
// whatever the answer, and is not followed further.

#include "harness/explore/learn/separation.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chatspec::learning {
namespace {

// By how much more words grow with the logarithm of the candidates; found by trying.
constexpr double kWordsPerBit = 0.5;

using Set = std::vector<Candidate>;

struct Plan {
  double cost = 0;
  std::unique_ptr<Separation> separation{};
};

double total(std::span<const Candidate> set) {
  double sum = 0;
  for (const Candidate& candidate : set) sum += candidate.weight;
  return sum;
}

bool is_at_end(const Candidate& candidate) {
  return candidate.node == kEndNode;
}

class Planner {
 public:
  Planner(const ObservationTree& tree, double cost_of_word)
      : tree_(tree), cost_of_word_(cost_of_word) {}

  // The best plan that separates at all; none where nothing does. `lost` candidates remain besides.
  Plan plan(const Set& set, int lost) const {
    Plan best;
    // (Behind the end of the session all are the same, and what is known of it has no end.)
    if (set.size() < 2 || std::ranges::all_of(set, is_at_end)) return best;
    for (Symbol input = 0; input < tree_.inputs(); ++input) {
      Plan plan = try_input(set, input, lost);
      if (plan.separation && (!best.separation || plan.cost < best.cost)) best = std::move(plan);
    }
    return best;
  }

 private:
  double cost_of_rest(std::size_t candidates) const {
    if (candidates < 2) return 0;
    return cost_of_word_ * (1 + kWordsPerBit * std::log2(static_cast<double>(candidates) / 2));
  }

  Plan try_input(const Set& set, Symbol input, int lost) const {
    std::map<Output, Set> by_output;
    for (const Candidate& candidate : set) {
      const Node next = tree_.next(candidate.node, input);
      if (next == kNoNode) {
        ++lost;
      } else {
        by_output[tree_.output(candidate.node, input)].push_back({next, candidate.weight});
      }
    }
    double weights = 0;
    for (const auto& [output, group] : by_output) weights += total(group);
    Plan result{.cost = 1, .separation = std::make_unique<Separation>()};
    result.separation->input = input;
    bool separates = by_output.size() > 1;
    for (const auto& [output, group] : by_output) {
      Plan rest = plan(group, lost);
      const double end = cost_of_rest(group.size() + static_cast<std::size_t>(lost));
      double cost = end;
      if (rest.separation && (!separates || rest.cost < end)) {
        cost = rest.cost;
        separates = true;
        result.separation->then[output] = std::move(rest.separation);
      }
      result.cost += cost * total(group) / weights;
    }
    if (!separates) return {};
    return result;
  }

  const ObservationTree& tree_;
  double cost_of_word_;
};

}  // namespace

std::unique_ptr<Separation> plan_separation(const ObservationTree& tree,
                                            std::span<const Candidate> candidates,
                                            double cost_of_word) {
  return Planner(tree, cost_of_word).plan(Set(candidates.begin(), candidates.end()), 0).separation;
}

}  // namespace chatspec::learning
