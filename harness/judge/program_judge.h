// The part of the judge that looks at the program rather than at its connections: output, exit.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/judge/judge.h"

namespace chatspec {

// Whether the step, which expects something of the program, is met by what is known at the end.
std::optional<Finding> judge_program(const Script& script, std::size_t step,
                                     const std::vector<Event>& events);

// "it ended with status 1", "it was killed by signal 11 (Segmentation fault)"
std::string describe_exit(const ExitStatus& exit);

}  // namespace chatspec
