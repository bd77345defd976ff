// What a program's end tells of it: why it cannot be asked, and how it crashed.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/cell/cell.h"

namespace chatspec {

// The failure with what the program wrote on standard error, the beginning of it. Ends it.
CellFailure with_complaint(CellFailure failure, Cell& cell);

// What is looked at, since the conversation began.
struct SeenEnd {
  std::optional<ExitStatus> exit{};
  std::span<const ProcessDeath> deaths{};
  std::string_view errors{};  // on standard error
  std::string_view given{};   // all that it was sent and could read
};

// How a program crashed, for people and always in the same words: "signal 11 (SEGV)", "exception".
// What its standard error tells of a fault counts where nobody but it can be the cause.
std::optional<std::string> find_crash(const SeenEnd& seen);

}  // namespace chatspec
