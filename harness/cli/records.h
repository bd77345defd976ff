// What a run found, as records of its log.

#pragma once

#include "harness/play/run.h"
#include "harness/report/record.h"

namespace chatspec {

CaseRecord make_case_record(const CaseResult& result);

}  // namespace chatspec
