// What was seen of a system, as a tree: a node for each word that was asked or is the beginning of
// one, and on the edge to it what its last symbol was answered.
//
// Where an output ended the session, whatever follows is known: all such edges lead to one node,
// kEndNode, whose edges lead back to it. So the tree is one but for that node.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"

namespace chatspec::learning {

using Node = int;

inline constexpr Node kRootNode = 0;
inline constexpr Node kEndNode = 1;
inline constexpr Node kNoNode = -1;

class ObservationTree {
 public:
  // `after_end` is what every symbol is answered after the end of a session.
  ObservationTree(int inputs, Output after_end);

  // The node after an input, or kNoNode where that was never asked.
  Node next(Node node, Symbol input) const { return edges_[place(node, input)].next; }

  // What an input was answered; only where next() is a node.
  Output output(Node node, Symbol input) const { return edges_[place(node, input)].output; }

  // How often an input was answered that way at this node.
  int times(Node node, Symbol input) const { return edges_[place(node, input)].times; }

  // Notes an answer, for the first time or once more, and gives the node after. Another output
  // than before replaces it, with all that was seen behind it.
  Node add(Node node, Symbol input, Output output, bool ends, int times = 1);

  int inputs() const { return inputs_; }
  int depth(Node node) const { return nodes_[static_cast<std::size_t>(node)].depth; }

  // The word that leads to a node; to kEndNode the first one that was seen.
  Word access(Node node) const;

  // The node of a word, or kNoNode.
  Node find(std::span<const Symbol> word, Node from = kRootNode) const;

  // Whether a word is known to separate two nodes: both were asked it and answered differently.
  bool separates(std::span<const Symbol> word, Node one, Node other) const;

  // A shortest word that separates two nodes, as far as is known.
  std::optional<Word> find_witness(Node one, Node other) const;

  // Whether there is one: they are "apart", as L# calls it, so they are different states.
  bool are_apart(Node one, Node other) const;

 private:
  struct Edge {
    Node next = kNoNode;
    Output output = kUnknownOutput;
    int times = 0;
  };
  struct Origin {
    Node parent = kNoNode;
    Symbol input = 0;
    int depth = 0;
  };

  std::size_t place(Node node, Symbol input) const {
    return static_cast<std::size_t>(node) * static_cast<std::size_t>(inputs_) +
           static_cast<std::size_t>(input);
  }
  Node add_node(const Origin& origin);
  void find_end();  // again, where the word to it is no longer in the tree

  int inputs_;
  std::vector<Origin> nodes_{};
  std::vector<Edge> edges_{};
};

}  // namespace chatspec::learning
