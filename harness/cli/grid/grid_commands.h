// The command that plays programs against each other.

#pragma once

#include "harness/cli/console/chosen.h"

namespace chatspec {

void add_grid_command(CLI::App& app, Chosen& chosen);

}  // namespace chatspec
