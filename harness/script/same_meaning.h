// In which profiles a scenario can be played.

#pragma once

#include "harness/scenario/scenario.h"
#include "reference/profile.h"

namespace chatspec {

// Whether every line of the scenario, which has no table, is in this profile what it is in the one
// that it was written for: a wrong command may be a right one in another profile, and a line of a
// text another text.
bool means_the_same(const Scenario& scenario, const chat::Profile& profile);

}  // namespace chatspec
