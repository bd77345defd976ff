#include "harness/explore/learn/likelihood.h"

#include <cstddef>

namespace chatspec::learning {
namespace {

// Found by trying, on models of real protocols.
constexpr double kAny = 1;
constexpr double kSelfLoop = 7;  // times the share of edges that are such
constexpr double kOtherEdge = 0.2;
constexpr double kSameStep = 1;
constexpr double kPrior = 20;

// Whether two edges have the same input, and the same output as far as is known.
bool is_same_step(const ObservationTree& tree, const Basis& basis, const BasisEdge& edge,
                  const BasisEdge& other) {
  if (edge.input != other.input) return false;
  return edge.node == kNoNode || tree.output(basis.node(edge.from), edge.input) ==
                                     tree.output(basis.node(other.from), other.input);
}

}  // namespace

std::vector<double> weigh_states(const ObservationTree& tree, const Basis& basis,
                                 const BasisEdge& edge, const PriorMatch* match) {
  std::vector<double> weights(static_cast<std::size_t>(basis.states()), kAny);
  double self_loops = 0.5;
  double all = 1;
  for (const BasisEdge& other : basis.edges()) {
    if (other.candidates.size() != 1) continue;
    ++all;
    if (other.candidates.front() == other.from) ++self_loops;
    double& weight = weights[static_cast<std::size_t>(other.candidates.front())];
    weight += kOtherEdge;
    if (is_same_step(tree, basis, edge, other)) weight += kSameStep;
  }
  weights[static_cast<std::size_t>(edge.from)] += kSelfLoop * self_loops / all;
  for (State state = 0; match && state < basis.states(); ++state) {
    if (match->of(state) == match->behind(edge)) weights[static_cast<std::size_t>(state)] += kPrior;
  }
  return weights;
}

}  // namespace chatspec::learning
