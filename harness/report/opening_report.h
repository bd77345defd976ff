// What a report says of a program's opening, in texts for people.

#pragma once

#include <string>

#include "harness/report/log/record.h"
#include "harness/report/text/style.h"

namespace chatspec {

// Of a run whose profile was left to chatspec: which it is and why, in a line.
std::string describe_choice(const RunRecord& run);

// Of a program that fails at its opening: what it seems to expect, and what it made of each form;
// "" where nothing is to be told but what the case itself says.
std::string render_opening(const OpeningRecord& opening, const Style& style);

}  // namespace chatspec
