// What a run found, as records of its log.

#pragma once

#include <chrono>
#include <string>

#include "harness/cell/build.h"
#include "harness/report/record.h"
#include "harness/runs/run.h"
#include "reference/profile.h"

namespace chatspec {

// Title and description are in the words of the profile.
CaseRecord make_case_record(const CaseResult& result, const chat::Profile& profile);
BuildRecord make_build_record(const std::string& command, const BuildResult& result,
                              std::chrono::nanoseconds duration);

// "a.py (it is a FIFO), b (…) and 7 more": what a copy of a folder lacks; "" where it lacks
// nothing.
std::string describe_left_out(const CopiedTree& copied);

}  // namespace chatspec
