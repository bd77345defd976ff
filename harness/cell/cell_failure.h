// The failures of cells that are nobody's doing but ours, or the user's.

#pragma once

#include <string>
#include <string_view>

#include "harness/cell/cell.h"

namespace chatspec {

CellFailure interrupted_failure();
CellFailure trouble_failure(std::string message);
CellFailure trouble_failure(std::string_view what, int error);  // `error` as errno

}  // namespace chatspec
