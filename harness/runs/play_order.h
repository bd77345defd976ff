// The order in which cases are played and told.

#pragma once

#include <span>
#include <vector>

#include "harness/suite/case.h"

namespace chatspec {

// The given order, but what a case needs, as far as it is among them, stands before it: whoever
// reads that a case was skipped has read why. Needs close no circle, which loading a suite has
// checked.
std::vector<const Case*> order_by_needs(std::span<const Case* const> cases);

}  // namespace chatspec
