// What keeps a tier from being used on this machine, found out by trying: a cell is made, and a
// program is run in it.

#pragma once

#include <optional>

#include "harness/cell/isolation/isolation.h"
#include "harness/cell/isolation/trial.h"

namespace chatspec {

// Whether what follows would find nothing, by one trial in place of three. Where it is not so, they
// tell why.
bool is_without_obstacle(const CellPlan& plan);

// Tries the plan's tier out, and looks at the program's sockets. Nothing where all is well.
std::optional<Obstacle> find_obstacle(const CellPlan& plan);

// Tries whether a program in the sandbox may read what the policy shows it. As root's guest it is a
// user of its own, to whom files of mode 0600 are closed.
std::optional<Obstacle> find_obstacle_to_reading(const CellPlan& plan);

// Tries whether the kernel shows what a program in such a cell waits for. Without that nothing can
// be proven, and silence rests on deadlines. For tiers without an obstacle.
std::optional<Obstacle> find_obstacle_to_observing(const CellPlan& plan);

}  // namespace chatspec
