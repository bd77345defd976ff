// A list of known failures, as `chatspec run --known` reads it, to begin one with.

#pragma once

#include <span>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// A line for each case that failed with a code, in the order of the log, and no case twice: its
// name, its failure's code, and as the reason what was wrong, for whoever keeps the list to say
// why. A character of a name that would end it there is a *.
// Without what failed at times only.
void write_known_list(std::span<const ResultSuite> suites, ReportText& out);

// What failed, but not each time that it was played, or is known to be so, for --known-flaky.
void write_known_flaky_list(std::span<const ResultSuite> suites, ReportText& out);

}  // namespace chatspec
