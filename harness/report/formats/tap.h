// TAP 14 (testanything.org), for `prove`, TAP plugins of CI systems and scripts.

#pragma once

#include <span>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// A test point for each result of all suites, numbered through; of several suites with the suite's
// name before the case's. TAP knows no trouble that is not the program's: that is `not ok`, too,
// and the diagnostics' `severity` says `error`. What deviates is `ok`, with diagnostics.
void write_tap(std::span<const ResultSuite> suites, ReportText& out);

}  // namespace chatspec
