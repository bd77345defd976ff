// The part of the judge that looks at the program rather than at its connections: output, exit.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/judge/findings/finding.h"
#include "harness/script/script.h"

namespace chatspec {

// Whether the step, which expects something of the program, is met by what is known at the end.
std::optional<Finding> judge_program(const Script& script, std::size_t step,
                                     const std::vector<Event>& events);

// Why a finding says nothing, as a sentence without a full stop: it is about a line that may stand
// in output of which only the beginning was kept. "" where everything was looked at.
std::string unseen_output(const Finding& finding, const std::vector<Event>& events);

}  // namespace chatspec
