// Why a program may have sent something where nothing was due.

#pragma once

#include "harness/judge/cause.h"
#include "harness/judge/unit_view.h"

namespace chatspec {

// Where silence or the end of the connection was expected; else, and where no mistake explains what
// came, a cause that is not known.
Cause diagnose_surplus(const UnitView& view);

}  // namespace chatspec
