// chatspec's whole command line.

#pragma once

#include <string>

#include "harness/cli/console/chosen.h"

namespace chatspec {

// Adds every option and command, and what help says of them, to an App that is called chatspec.
// `colour` and `chosen` get what the user asks for, and must outlive it.
void add_all_commands(CLI::App& app, std::string& colour, Chosen& chosen);

}  // namespace chatspec
