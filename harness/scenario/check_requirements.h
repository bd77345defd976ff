// Whether what a scenario covers, and lets pass with a remark, fits its role and its level.

#pragma once

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// Each requirement must bind the scenario's role, each role be bound by one of them, and the level
// be no stronger than the strongest. `deviates` names a *should*. Requirements that there are not
// are check_names.h's to tell.
void check_requirements(const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace chatspec
