// A node of the tree is in conflict with the machine when it is apart from the state of the basis
// that the machine is in after the same word. The conflict is moved towards the frontier by halves:
// the second half of the word after the frontier is asked from the basis instead of from the tree.
// Either what comes out differs, and the conflict is in the first half, or it is the same, and the
// conflict is in the second half, which now begins nearer.

#include "harness/explore/learn/counterexample.h"

#include <utility>
#include <vector>

namespace chatspec::learning {
namespace {

Word join(std::span<const Symbol> one, std::span<const Symbol> other) {
  Word word(one.begin(), one.end());
  word.insert(word.end(), other.begin(), other.end());
  return word;
}

// How many symbols of a word lead from the initial state to its first node outside the basis.
std::size_t find_frontier(const ObservationTree& tree, const Basis& basis,
                          const MealyMachine& machine, std::span<const Symbol> word) {
  Node node = kRootNode;
  State state = kInitial;
  std::size_t taken = 0;
  while (taken < word.size() && basis.node(state) == node) {
    node = tree.next(node, word[taken]);
    state = machine.step(state, word[taken]).next;
    ++taken;
  }
  return taken;
}

}  // namespace

std::optional<Word> find_conflict(const ObservationTree& tree, const MealyMachine& machine) {
  std::vector<std::pair<Node, State>> found{{kRootNode, kInitial}};
  for (std::size_t at = 0; at < found.size(); ++at) {
    const auto [node, state] = found[at];
    for (Symbol input = 0; input < tree.inputs(); ++input) {
      const Node next = tree.next(node, input);
      if (next == kNoNode) continue;
      const MealyStep step = machine.step(state, input);
      if (step.output != tree.output(node, input)) return join(tree.access(node), Word{input});
      if (next != kEndNode) found.emplace_back(next, step.next);
    }
  }
  return std::nullopt;
}

std::expected<void, TeacherFailure> use_counterexample(AskedWords& words, Basis& basis,
                                                       const MealyMachine& machine,
                                                       std::span<const Symbol> conflict) {
  const ObservationTree& tree = words.tree();
  const auto revision = words.revision();
  // The node of `word` is apart from the machine's state there by `witness`.
  Word word(conflict.begin(), conflict.end() - 1);
  Word witness{conflict.back()};
  while (true) {
    const std::size_t frontier = find_frontier(tree, basis, machine, word);
    if (frontier >= word.size()) return {};
    const auto middle = (frontier + word.size()) / 2;
    const Word first_half(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(middle));
    const Word second_half(word.begin() + static_cast<std::ptrdiff_t>(middle), word.end());
    const Word suffix = join(second_half, witness);
    const Node state = basis.node(run(machine, first_half));
    const Word access = tree.access(state);
    const Word asked = join(access, suffix);
    if (Answer answered = words.answer(asked); !answered) return std::unexpected(answered.error());
    if (words.revision() != revision) return {};
    basis.note(asked);
    if (tree.separates(suffix, tree.find(first_half), state)) {
      word = first_half;
      witness = suffix;
    } else {
      word = join(access, second_half);
    }
  }
}

}  // namespace chatspec::learning
