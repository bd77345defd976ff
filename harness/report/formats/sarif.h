// What fails as SARIF (sarif_log.h), so that it stands in the scenarios' files.

#pragma once

#include <span>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// A result for each finding of each case, at the line of the scenario that was not met: an error
// where a case fails, a warning where it deviates. Its rule is the failure's code. Trouble of our
// own, a run that is not whole and a program that was not built are no results but notifications,
// and the run is not successful then.
void write_sarif(std::span<const ResultSuite> suites, ReportText& out);

}  // namespace chatspec
