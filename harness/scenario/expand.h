// Tables: a scenario with a table is a scenario for each of its rows.

#pragma once

#include <string>
#include <vector>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// How many scenarios this one stands for: the number of its table's rows, or 1.
std::size_t count_rows(const Scenario& scenario);

// What the row is called: its first cell, or "" where there is no table.
std::string row_name(const Scenario& scenario, std::size_t row);

// The scenario of one row: without a table, and with the row's cells in place of `<column>`, each
// read as what stands there is read. A cell that does not fit its place is reported, and what stood
// there left as it was, as where no column has the name (check_names.h reports that). A scenario
// without a table has a row 0 that is the scenario itself.
Scenario expand(const Scenario& scenario, std::size_t row, Diagnostics& diagnostics);

}  // namespace chatspec
