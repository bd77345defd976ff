#include "harness/explore/learn/basis.h"

#include <algorithm>
#include <utility>

namespace chatspec::learning {

Basis::Basis(const ObservationTree& tree) : tree_(tree) {
  add_state(kRootNode);
}

void Basis::add_state(Node node) {
  const State added = states();
  nodes_.push_back(node);
  for (BasisEdge& edge : edges_) {
    if (edge.node != kNoNode && !tree_.are_apart(edge.node, node)) edge.candidates.push_back(added);
  }
  for (Symbol input = 0; input < tree_.inputs(); ++input) {
    BasisEdge edge{.from = added, .input = input, .node = tree_.next(node, input)};
    find_candidates(edge);
    edges_.push_back(std::move(edge));
  }
}

void Basis::find_candidates(BasisEdge& edge) const {
  if (edge.node == kNoNode) return;
  for (State state = 0; state < states(); ++state) {
    if (!tree_.are_apart(edge.node, node(state))) edge.candidates.push_back(state);
  }
}

void Basis::promote(const BasisEdge& edge) {
  add_state(Node(edge.node));
}

void Basis::note(std::span<const Symbol> word) {
  // Each node on the way has learned of what remained of the word there.
  Node at = kRootNode;
  for (std::size_t i = 0; i < word.size() && at != kEndNode && at != kNoNode; ++i) {
    const auto rest = word.subspan(i);
    const auto state = std::ranges::find(nodes_, at);
    for (BasisEdge& edge : edges_) {
      if (edge.node == at) {
        std::erase_if(edge.candidates,
                      [&](State candidate) { return tree_.separates(rest, at, node(candidate)); });
      } else if (state != nodes_.end() && edge.node != kNoNode &&
                 tree_.separates(rest, at, edge.node)) {
        std::erase(edge.candidates, static_cast<State>(state - nodes_.begin()));
      }
    }
    if (state != nodes_.end()) {
      BasisEdge& edge = edges_[place(static_cast<State>(state - nodes_.begin()), word[i])];
      if (edge.node == kNoNode) {
        edge.node = tree_.next(at, word[i]);
        find_candidates(edge);
      }
    }
    at = tree_.next(at, word[i]);
  }
}

std::vector<Word> Basis::accesses() const {
  std::vector<Word> words;
  for (const Node node : nodes_) words.push_back(tree_.access(node));
  return words;
}

const BasisEdge* Basis::find_edge(std::span<const Symbol> word) const {
  if (word.empty()) return nullptr;
  const Node node = tree_.find(word);
  const auto state = std::ranges::find(nodes_, tree_.find(word.first(word.size() - 1)));
  if (node == kNoNode || state == nodes_.end()) return nullptr;
  return &edge(static_cast<State>(state - nodes_.begin()), word.back());
}

}  // namespace chatspec::learning
