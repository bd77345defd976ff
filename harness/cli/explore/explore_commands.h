// Commands that look for what no scenario asks.

#pragma once

#include "harness/cli/console/chosen.h"

namespace chatspec {

void add_learn_command(CLI::App& app, Chosen& chosen);
void add_fuzz_command(CLI::App& app, Chosen& chosen);
void add_slow_command(CLI::App& app, Chosen& chosen);
void add_leak_command(CLI::App& app, Chosen& chosen);

}  // namespace chatspec
