// Whether a tier keeps its promises on this machine, found out by a program that tries to break
// them.

#pragma once

#include <expected>
#include <string>
#include <vector>

#include "harness/cell/isolation/obstacle.h"
#include "harness/cell/isolation/promise.h"

namespace chatspec {

// Tries all promises of the plan's tier that have a trial, in one cell, and gives those that are
// broken. For tiers without an obstacle.
std::expected<std::vector<const Promise*>, Obstacle> find_broken_promises(const CellPlan& plan);

}  // namespace chatspec
