// Which symbols to send after an edge to find out to which of its candidates it leads, at the
// least cost: an adaptive distinguishing sequence as far as what is known of the candidates goes.

#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "harness/explore/learn/observation_tree.h"

namespace chatspec::learning {

struct Candidate {
  Node node = kNoNode;  // what is known of the state
  double weight = 1;    // how likely it is this one, beside the others
};

// What to send first, and for each answer what to send then. Nothing where it ends.
struct Separation {
  Symbol input = 0;
  std::map<Output, std::unique_ptr<Separation>> then{};
};

// A plan that tells at least two candidates apart, or nothing where what is known of them does not.
// `cost_of_word` is how many symbols a further word would cost beside what separates.
std::unique_ptr<Separation> plan_separation(const ObservationTree& tree,
                                            std::span<const Candidate> candidates,
                                            double cost_of_word);

}  // namespace chatspec::learning
