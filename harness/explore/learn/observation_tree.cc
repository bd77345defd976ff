#include "harness/explore/learn/observation_tree.h"

#include <algorithm>
#include <utility>

namespace chatspec::learning {

ObservationTree::ObservationTree(int inputs, Output after_end) : inputs_(inputs) {
  add_node({});
  add_node({});
  for (Symbol input = 0; input < inputs; ++input) {
    edges_[place(kEndNode, input)] = {.next = kEndNode, .output = after_end, .times = 1};
  }
}

Node ObservationTree::add_node(const Origin& origin) {
  nodes_.push_back(origin);
  edges_.resize(edges_.size() + static_cast<std::size_t>(inputs_));
  return static_cast<Node>(nodes_.size()) - 1;
}

Node ObservationTree::add(Node node, Symbol input, Output output, bool ends, int times) {
  if (node == kEndNode) return kEndNode;
  Edge& known = edges_[place(node, input)];
  if (known.next != kNoNode && known.output == output) {
    known.times += times;
    return known.next;
  }
  const bool replaces = known.next != kNoNode;
  const Origin origin{.parent = node, .input = input, .depth = depth(node) + 1};
  const Node next = ends ? kEndNode : add_node(origin);
  edges_[place(node, input)] = {.next = next, .output = output, .times = times};
  if (ends && nodes_[kEndNode].parent == kNoNode) nodes_[kEndNode] = origin;
  if (replaces && nodes_[kEndNode].parent != kNoNode) find_end();
  return next;
}

void ObservationTree::find_end() {
  if (find(access(kEndNode)) == kEndNode) return;
  nodes_[kEndNode] = {};
  std::vector<Node> found{kRootNode};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (Symbol input = 0; input < inputs_; ++input) {
      const Node behind = next(found[at], input);
      if (behind == kEndNode) {
        nodes_[kEndNode] = {.parent = found[at], .input = input, .depth = depth(found[at]) + 1};
        return;
      }
      if (behind != kNoNode) found.push_back(behind);
    }
  }
}

Word ObservationTree::access(Node node) const {
  Word word;
  for (const Origin* at = &nodes_[static_cast<std::size_t>(node)]; at->parent != kNoNode;
       at = &nodes_[static_cast<std::size_t>(at->parent)]) {
    word.push_back(at->input);
  }
  std::ranges::reverse(word);
  return word;
}

Node ObservationTree::find(std::span<const Symbol> word, Node from) const {
  for (const Symbol input : word) {
    if (from == kNoNode) break;
    from = next(from, input);
  }
  return from;
}

bool ObservationTree::separates(std::span<const Symbol> word, Node one, Node other) const {
  for (const Symbol input : word) {
    const Edge& of_one = edges_[place(one, input)];
    const Edge& of_other = edges_[place(other, input)];
    if (of_one.next == kNoNode || of_other.next == kNoNode) return false;
    if (of_one.output != of_other.output) return true;
    one = of_one.next;
    other = of_other.next;
  }
  return false;
}

std::optional<Word> ObservationTree::find_witness(Node one, Node other) const {
  struct Pair {
    Node one;
    Node other;
    std::size_t from;
    Symbol input;
  };
  std::vector<Pair> found{{one, other, 0, 0}};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (Symbol input = 0; input < inputs_; ++input) {
      const Edge& of_one = edges_[place(found[at].one, input)];
      const Edge& of_other = edges_[place(found[at].other, input)];
      if (of_one.next == kNoNode || of_other.next == kNoNode) continue;
      if (of_one.output != of_other.output) {
        Word word{input};
        for (std::size_t back = at; back != 0; back = found[back].from) {
          word.push_back(found[back].input);
        }
        std::ranges::reverse(word);
        return word;
      }
      if (of_one.next == of_other.next) continue;  // both after the end
      found.push_back({of_one.next, of_other.next, at, input});
    }
  }
  return std::nullopt;
}

bool ObservationTree::are_apart(Node one, Node other) const {
  for (Symbol input = 0; input < inputs_; ++input) {
    const Edge& of_one = edges_[place(one, input)];
    const Edge& of_other = edges_[place(other, input)];
    if (of_one.next == kNoNode || of_other.next == kNoNode) continue;
    if (of_one.output != of_other.output) return true;
    if (of_one.next != of_other.next && are_apart(of_one.next, of_other.next)) return true;
  }
  return false;
}

}  // namespace chatspec::learning
