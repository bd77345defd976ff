// What the parser cannot see: whether the parts of a scenario fit each other, and the protocol.

#pragma once

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// Reports everything that would make the scenario mean nothing, or something else than it says: for
// every row of its table and every role that it has. A scenario that parsed and checked without an
// error can be compiled (script.h) without one.
void check_scenario(const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace chatspec
