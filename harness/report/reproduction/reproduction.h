// How a failure is seen again: lines for a shell.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/report/log/record.h"

namespace chatspec {

// Stands for the path of a log that whoever reads a report of it has in hand.
inline constexpr std::string_view kSomeLog = "LOG";

// At most three lines of at most `columns`. What was sent, segment by segment, as a command with
// printf and nc, and above it a line for each file that the program was given and that matters,
// unless it is long. Where that does not fit, or more than bytes matter (several connections, or
// none), the command that plays the case again, unless that is too long, too, and behind it the one
// that writes it into files. `log` is the path of the run's log, kSomeLog where the reader knows
// it, or "" where none is written, of which no files can be made. "" where nothing happened.
std::string make_reproduction(const RunRecord& run, const CaseRecord& record, std::size_t columns,
                              std::string_view log = kSomeLog);

}  // namespace chatspec
