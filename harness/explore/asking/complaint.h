// What a program says of why it cannot be asked.

#pragma once

#include "harness/cell/cell.h"

namespace chatspec {

// The failure with what the program wrote on standard error, the beginning of it. Ends it.
CellFailure with_complaint(CellFailure failure, Cell& cell);

}  // namespace chatspec
