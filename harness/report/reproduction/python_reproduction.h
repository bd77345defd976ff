// A case as a program in Python, which plays it without chatspec.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/report/log/record.h"
#include "harness/report/reproduction/reproduction_steps.h"

namespace chatspec {

// Nothing of the record becomes code: its bytes stand in literals of printable ASCII, its texts in
// comments of one line.
std::string make_python_reproduction(const RunRecord& run, const CaseRecord& record,
                                     std::span<const PlayStep> steps);

// A bytes literal. One that is long goes on over several lines, in parentheses, `indent` blanks
// from the left.
std::string python_bytes(std::string_view bytes, std::size_t indent);

// A text of unknown origin in one line of printable ASCII, cut where it is long.
std::string one_printable_line(std::string_view text);

}  // namespace chatspec
