// Markdown as GitHub has it (GFM), for summaries of jobs and comments: mistakes first, once each.

#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "harness/report/formats/results.h"

namespace chatspec {

// GitHub refuses a summary of more than 1 MiB, so no report is longer: what does not fit is left
// out, and that is said.
inline constexpr std::size_t kMostMarkdownBytes = std::size_t{1} << 20;

// How many of what in each run; what is wrong in it; and of several runs, which cases came out
// differently or not well, run beside run.
std::string to_markdown(std::span<const ResultSuite> suites);

}  // namespace chatspec
