// A table of all results, for spreadsheets and scripts (RFC 4180).

#pragma once

#include <span>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// A line of names, then a line for each result. A field that a spreadsheet would take for a formula
// (it begins with =, +, - or @) has a ' before it. Lists have blanks between their words. Durations
// are in milliseconds.
void write_csv(std::span<const ResultSuite> suites, ReportText& out);

}  // namespace chatspec
