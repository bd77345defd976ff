// Why a program cannot be measured or watched any further, of what failed in its cell.

#pragma once

#include "harness/cell/cell.h"
#include "harness/explore/growth/growth.h"

namespace chatspec {

GrowthStop stop_by_time();
// `is_late`: no wait was longer than until now, so that what was seen is no evidence.
GrowthStop stop_by(const CellFailure& failure, bool is_late);

}  // namespace chatspec
