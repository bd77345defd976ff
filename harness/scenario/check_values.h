// Whether keys, messages, files and arguments are what a program can be given.

#pragma once

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// Each argument once, files and arguments to the role that has them; each `signature` below its
// message.
void check_files(const Scenario& scenario, Diagnostics& diagnostics);

// The texts of keys and messages, of one row: `scenario` has no table.
void check_values(const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace chatspec
