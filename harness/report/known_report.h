// What lists of known failures say of a run, for people.

#pragma once

#include <span>
#include <string>

#include "harness/report/log/record.h"
#include "harness/report/text/style.h"

namespace chatspec {

// Whether a case makes its run fail: as its verdict says, unless a list has it so; and where a list
// has it otherwise than it came.
bool fails_its_run(const CaseRecord& record);

// In what a list is wrong, and what to do with which line of it; "" where none is. A sentence with
// its full stop, fit for a terminal.
std::string explain_wrong_list(const CaseRecord& record);

// The lines that are wrong, and how many cases failed as they were known to; "" where no list says
// anything.
std::string render_known(std::span<const CaseRecord* const> cases, const Style& style);

}  // namespace chatspec
