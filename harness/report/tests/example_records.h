// Records with something in every field.

#pragma once

#include "harness/report/log/record.h"

namespace chatspec {

RunRecord full_run();
BuildRecord full_build();
OpeningRecord full_opening();
CaseRecord full_case();
EndRecord full_end();

}  // namespace chatspec
