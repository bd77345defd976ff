// A report for a browser: one file that needs no network and, but for filters and copying, no
// script.

#pragma once

#include <span>
#include <string>

#include "harness/report/formats/results.h"

namespace chatspec {

// Runs -> what is wrong, each mistake once; what each requirement came to; all cases, to be
// searched; the facts of the run.
std::string to_html(std::span<const ResultSuite> suites);

}  // namespace chatspec
