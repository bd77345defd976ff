// mark: what a submission earns, by an assignment and the logs of its runs.

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/grade/grade_commands.h"
#include "harness/cli/options/assignment_file.h"
#include "harness/cli/options/log_files.h"
#include "harness/cli/options/platform_files.h"
#include "harness/grade/mark_report.h"

namespace chatspec {
namespace {

struct MarkCommand {
  std::string assignment;
  std::vector<std::string> logs;
  PlatformFiles results;
};

// What would be marked, though it is not of this assignment: a part of one, or another's.
std::string find_mismatch(const Assignment& assignment, const std::vector<SettledRun>& runs) {
  for (const Role role : {Role::kServer, Role::kClient}) {
    const bool is_there = std::ranges::count(runs, role, &SettledRun::role) > 0;
    if (assignment.has_role(role) && !is_there)
      return fmt::format("the assignment has a {0}, but no log is of one", chat::to_string(role));
    if (!assignment.has_role(role) && is_there)
      return fmt::format("a log is of a {0}, but the assignment has none", chat::to_string(role));
  }
  return {};
}

ExitCode mark_logs(const MarkCommand& command, Console& console) {
  const auto fail = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  const auto assignment = read_assignment(command.assignment);
  if (!assignment) return fail(assignment.error());
  const auto logs = read_log_files(command.logs);
  if (!logs) return fail(logs.error());
  std::vector<RunOfLog> runs;
  for (const LogFile& log : *logs) runs.insert(runs.end(), log.runs.begin(), log.runs.end());
  const auto settled = settle_runs(runs);
  if (!settled) return fail(settled.error());
  if (const std::string mismatch = find_mismatch(*assignment, *settled); !mismatch.empty())
    return fail(mismatch);
  if (!check_parts(command.assignment, *assignment, *settled, console)) return ExitCode::kUsage;
  const Mark result = mark(*assignment, *settled);
  const ExitCode written = command.results.write(*assignment, result, console);
  if (written != ExitCode::kGood) return written;
  const std::string report = render_mark(*assignment, result);
  command.results.takes_output() ? console.warn(report) : console.say(report);
  return result.total ? ExitCode::kGood : ExitCode::kNothing;
}

}  // namespace

void add_mark_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "mark", "Say what a submission earns, and for what, from the logs of its runs");
  auto options = std::make_shared<MarkCommand>();
  command
      ->add_option("ASSIGNMENT", options->assignment,
                   "A file that says what is earned by what; docs/reference/assignment.md has one")
      ->required();
  command
      ->add_option(
          "LOG", options->logs,
          "The submission's, of its server and of its client, as far as the assignment has "
          "them; as `chatspec run --log` writes them")
      ->required();
  options->results.add_options(*command);
  command->footer(
      "Examples:\n"
      "  chatspec mark exercise-3.txt server.jsonl client.jsonl\n"
      "  chatspec mark exercise-3.txt server.jsonl --gradescope results.json\n"
      "\n"
      "Exit status: 0 it has a mark, whatever it is, 3 it could not be written,\n"
      "4 wrong command line, assignment or log, 5 it has none: too little was played.");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return mark_logs(*options, console); };
  });
}

}  // namespace chatspec
