#include "harness/cli/all_commands.h"

#include <CLI/CLI.hpp>

#include "harness/cli/console/version.h"
#include "harness/cli/explore/explore_commands.h"
#include "harness/cli/grade/grade_commands.h"
#include "harness/cli/grid/grid_commands.h"
#include "harness/cli/help/help_commands.h"
#include "harness/cli/logs/logs_commands.h"
#include "harness/cli/run/run_commands.h"
#include "harness/cli/suite/suite_commands.h"

namespace chatspec {

void add_all_commands(CLI::App& app, std::string& colour, Chosen& chosen) {
  app.name("chatspec");
  app.description("Conformance test harness for the chat protocol");
  app.set_version_flag("--version", version_text(),
                       "Print the version, and of what and with what it was built");
  app.set_help_flag("-h,--help", "Print this help and end");
  app.require_subcommand(1);
  app.fallthrough();  // so that what follows may stand after a command, too
  colour = "auto";
  app.add_option("--color", colour,
                 "Whether to use colours: auto (where a terminal shows them, or as NO_COLOR and "
                 "CLICOLOR_FORCE say), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  add_run_command(app, chosen);
  add_learn_command(app, chosen);
  add_fuzz_command(app, chosen);
  add_slow_command(app, chosen);
  add_leak_command(app, chosen);
  add_init_command(app, chosen);
  add_lint_command(app, chosen);
  add_fmt_command(app, chosen);
  add_list_command(app, chosen);
  add_explain_command(app, chosen);
  add_lsp_command(app, chosen);
  add_doctor_command(app, chosen);
  add_report_command(app, chosen);
  add_diff_command(app, chosen);
  add_merge_command(app, chosen);
  add_reproduce_command(app, chosen);
  add_grade_command(app, chosen);
  add_gradebook_command(app, chosen);
  add_grid_command(app, chosen);
  add_mark_command(app, chosen);
  add_regrade_command(app, chosen);
  add_alike_command(app, chosen);
  add_judge_command(app, chosen);
  add_import_command(app, chosen);
  add_export_command(app, chosen);
  add_vectors_command(app, chosen);
  add_completion_command(app, chosen);
  add_help_command(app, chosen);
  add_man_command(app, chosen);
  // Set now, so that the commands do not inherit it.
  app.footer(
      "Examples:\n"
      "  chatspec run --server 'python3 server.py {port} {keys}'\n"
      "  chatspec explain SIG-1\n"
      "  chatspec help profiles\n"
      "\n"
      "Exit status: 0 good (of a run: all passed or deviate), 1 something failed, 2 interrupted,\n"
      "3 internal error, 4 wrong command line or scenario, 5 nothing selected, or all skipped,\n"
      "6 the program could not be built.\n"
      "\n"
      "`chatspec COMMAND --help` tells more of a command, `chatspec help TOPIC` also of other "
      "things.");
}

}  // namespace chatspec
