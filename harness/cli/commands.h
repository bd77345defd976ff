// The commands of chatspec, each added to the command line by one function. A command writes what
// was asked for to standard output, and what is wrong to standard error.

#pragma once

#include <functional>

#include "harness/cli/console.h"
#include "harness/cli/exit_status.h"

namespace CLI {
class App;
}

namespace chatspec {

// Runs the command that the user chose.
using Chosen = std::function<ExitCode(Console&)>;

void add_run_command(CLI::App& app, Chosen& chosen);
void add_learn_command(CLI::App& app, Chosen& chosen);
void add_fuzz_command(CLI::App& app, Chosen& chosen);
void add_slow_command(CLI::App& app, Chosen& chosen);
void add_leak_command(CLI::App& app, Chosen& chosen);
void add_init_command(CLI::App& app, Chosen& chosen);
void add_lint_command(CLI::App& app, Chosen& chosen);
void add_fmt_command(CLI::App& app, Chosen& chosen);
void add_lsp_command(CLI::App& app, Chosen& chosen);
void add_list_command(CLI::App& app, Chosen& chosen);
void add_explain_command(CLI::App& app, Chosen& chosen);
void add_doctor_command(CLI::App& app, Chosen& chosen);
void add_grade_command(CLI::App& app, Chosen& chosen);
void add_gradebook_command(CLI::App& app, Chosen& chosen);
void add_grid_command(CLI::App& app, Chosen& chosen);
void add_mark_command(CLI::App& app, Chosen& chosen);
void add_regrade_command(CLI::App& app, Chosen& chosen);
void add_alike_command(CLI::App& app, Chosen& chosen);
void add_judge_command(CLI::App& app, Chosen& chosen);
void add_reproduce_command(CLI::App& app, Chosen& chosen);
void add_report_command(CLI::App& app, Chosen& chosen);
void add_merge_command(CLI::App& app, Chosen& chosen);
void add_diff_command(CLI::App& app, Chosen& chosen);
void add_import_command(CLI::App& app, Chosen& chosen);
void add_export_command(CLI::App& app, Chosen& chosen);
void add_vectors_command(CLI::App& app, Chosen& chosen);
void add_completion_command(CLI::App& app, Chosen& chosen);
void add_help_command(CLI::App& app, Chosen& chosen);
void add_man_command(CLI::App& app, Chosen& chosen);

}  // namespace chatspec
