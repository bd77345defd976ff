// Markdown as GitHub has it (GFM), for summaries of jobs and comments: mistakes first, once each.

#pragma once

#include <span>

#include "harness/report/formats/report_text.h"
#include "harness/report/formats/results.h"

namespace chatspec {

// How many of what in each run; what is wrong in it; and of several runs, which cases came out
// differently or not well, run beside run. Never more than GitHub takes (bounded_text.h): what does
// not fit is left out, and that is said.
void write_markdown(std::span<const ResultSuite> suites, ReportText& out);

}  // namespace chatspec
