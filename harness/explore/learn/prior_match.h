// Which of the states that a prior has were found already. (State matching and rebuilding of
// adaptive L#; here a node is matched by the word that leads to it.)

#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

#include "harness/explore/learn/basis.h"
#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/observation_tree.h"

namespace chatspec::learning {

class PriorMatch {
 public:
  // Borrows them; of the basis as it is now.
  PriorMatch(const ObservationTree& tree, const Basis& basis, const MealyMachine& prior);

  // Where the prior is after the word of a state of the basis.
  State of(State state) const { return matches_[static_cast<std::size_t>(state)]; }

  // Where it is after an edge.
  State behind(const BasisEdge& edge) const { return prior_.step(of(edge.from), edge.input).next; }

  // Whether a state of the basis is matched with it.
  bool is_found(State prior_state) const { return found_.contains(prior_state); }

  // A word by which the prior tells a state that it expects in the frontier, and that was not
  // found, from one for which it could be taken, where that was not asked of both.
  std::optional<Word> find_rebuilding_word() const;

 private:
  const ObservationTree& tree_;
  const Basis& basis_;
  const MealyMachine& prior_;
  std::vector<State> matches_{};  // of each state of the basis
  std::set<State> found_{};       // states of the prior
};

}  // namespace chatspec::learning
