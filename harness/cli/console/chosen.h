// What a command does once the command line is read: it writes what was asked for to standard
// output, and what is wrong to standard error.

#pragma once

#include <functional>

#include "harness/cli/console/console.h"
#include "harness/cli/console/exit_status.h"

namespace CLI {
class App;
}

namespace chatspec {

// Runs the command that the user chose.
using Chosen = std::function<ExitCode(Console&)>;

}  // namespace chatspec
