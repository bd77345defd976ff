// Commands that read the logs of runs that are over.

#pragma once

#include "harness/cli/console/chosen.h"

namespace chatspec {

void add_report_command(CLI::App& app, Chosen& chosen);
void add_diff_command(CLI::App& app, Chosen& chosen);
void add_merge_command(CLI::App& app, Chosen& chosen);
void add_judge_command(CLI::App& app, Chosen& chosen);

}  // namespace chatspec
