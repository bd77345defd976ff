// The rows of a table.

#pragma once

#include "harness/scenario/cursor.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// Reads `| a | b |`, which begins at the cursor, and adds it to the table: the names of the columns
// first, then the rows. One that has another number of cells is reported and left out.
void parse_row(Cursor& cursor, Table& table);

}  // namespace chatspec
