// CTRF, the Common Test Report Format (ctrf.io): JSON.

#pragma once

#include <span>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// A test for each result; its `suite` is the run's name and the chapter. What deviates is `passed`,
// trouble of our own and a run that is not whole `other`, and `rawStatus` has the verdict. All that
// CTRF has no field for is in `extra`. Its times are whole milliseconds; since the log does not say
// when a case began, only the whole has a beginning and an end.
void write_ctrf(std::span<const ResultSuite> suites, ReportText& out);

}  // namespace chatspec
