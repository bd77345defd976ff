// Commands that play scenarios with one program, and that begin a project which does.

#pragma once

#include "harness/cli/console/chosen.h"

namespace chatspec {

void add_run_command(CLI::App& app, Chosen& chosen);
void add_init_command(CLI::App& app, Chosen& chosen);
void add_reproduce_command(CLI::App& app, Chosen& chosen);

}  // namespace chatspec
