// A report for a browser: one file that needs no network and, but for filters and copying, no
// script.

#pragma once

#include <span>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// Runs -> what is wrong, each mistake once; what each requirement came to; all cases, to be
// searched; the facts of the run.
void write_html(std::span<const ResultSuite> suites, ReportText& out);

}  // namespace chatspec
