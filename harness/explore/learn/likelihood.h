// To which of its candidates an edge probably leads, so that it is asked first whether it does.

#pragma once

#include <vector>

#include "harness/explore/learn/basis.h"
#include "harness/explore/learn/observation_tree.h"
#include "harness/explore/learn/prior_match.h"

namespace chatspec::learning {

// A weight for each state of the basis. Likelier is the state from which the edge comes, as far
// as edges are seen to lead back to where they come from, one to which others lead, the more with
// the same input and output, and by far the one of which the prior says it, where there is one.
std::vector<double> weigh_states(const ObservationTree& tree, const Basis& basis,
                                 const BasisEdge& edge, const PriorMatch* match);

}  // namespace chatspec::learning
