// Commands about scenarios themselves, the requirements behind them, and what is made of them.

#pragma once

#include "harness/cli/console/chosen.h"

namespace chatspec {

void add_lint_command(CLI::App& app, Chosen& chosen);
void add_fmt_command(CLI::App& app, Chosen& chosen);
void add_lsp_command(CLI::App& app, Chosen& chosen);
void add_list_command(CLI::App& app, Chosen& chosen);
void add_explain_command(CLI::App& app, Chosen& chosen);
void add_import_command(CLI::App& app, Chosen& chosen);
void add_export_command(CLI::App& app, Chosen& chosen);
void add_vectors_command(CLI::App& app, Chosen& chosen);

}  // namespace chatspec
