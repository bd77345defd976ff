// Commands that grade submissions, and that work on what a grading left.

#pragma once

#include "harness/cli/console/chosen.h"

namespace chatspec {

void add_grade_command(CLI::App& app, Chosen& chosen);
void add_gradebook_command(CLI::App& app, Chosen& chosen);
void add_mark_command(CLI::App& app, Chosen& chosen);
void add_regrade_command(CLI::App& app, Chosen& chosen);
void add_alike_command(CLI::App& app, Chosen& chosen);

}  // namespace chatspec
