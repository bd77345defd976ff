// Commands by which chatspec tells of itself, and of the machine it is on.

#pragma once

#include "harness/cli/console/chosen.h"

namespace chatspec {

void add_doctor_command(CLI::App& app, Chosen& chosen);
void add_completion_command(CLI::App& app, Chosen& chosen);
void add_help_command(CLI::App& app, Chosen& chosen);
void add_man_command(CLI::App& app, Chosen& chosen);

}  // namespace chatspec
