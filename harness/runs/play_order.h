// The order in which cases are played and told.

#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "harness/suite/case.h"

namespace chatspec {

// An order that follows from the seed and each case's id alone: of fewer cases it is the same.
std::vector<const Case*> shuffle_by_seed(std::span<const Case* const> cases, std::uint64_t seed);

// The given order, but those with one of the ids stand first.
std::vector<const Case*> put_first(std::span<const Case* const> cases,
                                   const std::set<std::string>& ids);

// The given order, but what a case needs, as far as it is among them, stands before it: whoever
// reads that a case was skipped has read why. Needs close no circle, which loading a suite has
// checked.
std::vector<const Case*> order_by_needs(std::span<const Case* const> cases);

}  // namespace chatspec
