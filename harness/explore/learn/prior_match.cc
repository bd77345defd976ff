#include "harness/explore/learn/prior_match.h"

namespace chatspec::learning {

PriorMatch::PriorMatch(const ObservationTree& tree, const Basis& basis, const MealyMachine& prior)
    : tree_(tree), basis_(basis), prior_(prior) {
  for (State state = 0; state < basis.states(); ++state) {
    matches_.push_back(run(prior, tree.access(basis.node(state))));
    found_.insert(matches_.back());
  }
}

std::optional<Word> PriorMatch::find_rebuilding_word() const {
  for (const BasisEdge& edge : basis_.edges()) {
    if (edge.node == kNoNode || edge.node == kEndNode || is_found(behind(edge))) continue;
    for (const State candidate : edge.candidates) {
      const auto separating = find_separating_word(prior_, behind(edge), prior_, of(candidate));
      if (!separating) continue;
      for (const Node node : {edge.node, basis_.node(candidate)}) {
        if (tree_.find(*separating, node) != kNoNode) continue;
        Word word = tree_.access(node);
        word.insert(word.end(), separating->begin(), separating->end());
        return word;
      }
    }
  }
  return std::nullopt;
}

}  // namespace chatspec::learning
