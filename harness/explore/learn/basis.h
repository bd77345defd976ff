// What is known of a system's states from what was seen of it: the basis of L# and its frontier.
//
// The basis is nodes of the observation tree that are pairwise apart, so each is another state. Its
// edges lead to the frontier. The candidates of an edge are the states of the basis that the node
// behind it may be, those from which it is not apart: with none left it is a new state, with one
// left it is thought to be that.

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "harness/explore/learn/observation_tree.h"

namespace chatspec::learning {

struct BasisEdge {
  State from = kInitial;
  Symbol input = 0;
  Node node = kNoNode;  // behind it, where it was asked
  std::vector<State> candidates{};
};

class Basis {
 public:
  // Has the initial state alone. Borrows the tree.
  explicit Basis(const ObservationTree& tree);

  int states() const { return static_cast<int>(nodes_.size()); }
  Node node(State state) const { return nodes_[static_cast<std::size_t>(state)]; }

  // By state and input.
  const std::vector<BasisEdge>& edges() const { return edges_; }
  const BasisEdge& edge(State state, Symbol input) const { return edges_[place(state, input)]; }

  // Whether the node after the edge is apart from all states.
  bool is_new_state(const BasisEdge& edge) const {
    return edge.node != kNoNode && edge.candidates.empty();
  }

  // Takes the node after an edge, which is a new state, into the basis.
  void promote(const BasisEdge& edge);

  // The words to all states, in the order in which they were found.
  std::vector<Word> accesses() const;

  // The edge to whose node a word leads; nullptr where its node is none after the basis.
  const BasisEdge* find_edge(std::span<const Symbol> word) const;

  // Looks again at what may have changed when the tree has learned of a word.
  void note(std::span<const Symbol> word);

 private:
  std::size_t place(State state, Symbol input) const {
    return static_cast<std::size_t>(state) * static_cast<std::size_t>(tree_.inputs()) +
           static_cast<std::size_t>(input);
  }
  void add_state(Node node);
  void find_candidates(BasisEdge& edge) const;

  const ObservationTree& tree_;
  std::vector<Node> nodes_{};
  std::vector<BasisEdge> edges_{};
};

}  // namespace chatspec::learning
