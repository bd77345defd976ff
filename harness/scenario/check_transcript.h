// The part of the check that follows the transcript line by line.

#pragma once

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// Reports lines that could not be played or would never be checked, in any role that the scenario
// has: numbers of messages and keys that are not there, words after a close, cuts in a line that
// the harness never sends. `scenario` has no table.
void check_transcript(const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace chatspec
