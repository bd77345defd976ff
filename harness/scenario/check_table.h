// Whether a table has rows, names of its own for rows and columns, and a use for each column.

#pragma once

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

void check_table(const Scenario& scenario, Diagnostics& diagnostics);

// To be asked once all else is right: what is misspelt is not used either.
void check_columns_are_used(const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace chatspec
