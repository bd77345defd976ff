// Why a program may have sent something where nothing was due.

#pragma once

#include "harness/judge/diagnosis/unit_view.h"
#include "harness/judge/findings/cause.h"

namespace chatspec {

// Where silence or the end of the connection was expected; else, and where no mistake explains what
// came, a cause that is not known.
Cause diagnose_surplus(const UnitView& view);

}  // namespace chatspec
