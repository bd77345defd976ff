// What was found of a program's opening, as records of the log.

#pragma once

#include "harness/report/log/record.h"
#include "harness/runs/opening_probes.h"

namespace chatspec {

OpeningRecord make_opening_record(const OpeningFinding& finding);

// Of a run whose profile was left to chatspec.
ProfileChoiceRecord make_choice_record(const SpokenProfile& spoken);

}  // namespace chatspec
