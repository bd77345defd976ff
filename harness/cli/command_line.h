// chatspec as a function of its command line.

#pragma once

#include <string>
#include <vector>

#include "harness/cli/console/console.h"
#include "harness/cli/console/exit_status.h"

namespace chatspec {

// Without the program's own name. Everything that is wrong with it is told.
ExitCode run_command_line(const std::vector<std::string>& arguments, Console& console);

}  // namespace chatspec
