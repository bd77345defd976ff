// A failure without chatspec: lines for a shell that show the same.

#pragma once

#include <string>

#include "harness/report/record.h"

namespace chatspec {

// What was sent, segment by segment, as a command with printf and nc; "" where that would be too
// long, or where more than bytes matter: several connections, or none. Above it, a line for each
// file that the program was given and that matters, unless it is long.
std::string make_reproduction(const RunRecord& run, const CaseRecord& record);

}  // namespace chatspec
