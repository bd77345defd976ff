// leak: watches what a server keeps of the clients that it has served. What starts and isolates it
// is as for `run`, whose arguments are taken.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/named_files.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/explore/explore_commands.h"
#include "harness/cli/explore/exploring.h"
#include "harness/cli/options/validators.h"
#include "harness/explore/leak_report.h"
#include "harness/explore/leaks.h"

namespace chatspec {
namespace {

constexpr double kDefaultLeakSeconds = 60;

struct LeakCommand {
  RunArguments run;
  double time_s = kDefaultLeakSeconds;
  std::vector<std::string> visits;
  std::string json;  // a file; "" for none
};

ExitCode exit_code_of(const Leaks& leaks, const Interrupt& interrupt) {
  if (interrupt.requested()) return ExitCode::kInterrupted;
  if (leaks.is_any()) return ExitCode::kFailed;
  if (leaks.ended_by == GrowthStop::Why::kTrouble) return ExitCode::kInternal;
  if (leaks.ended_by == GrowthStop::Why::kTime) return ExitCode::kInterrupted;
  return leaks.is_watched() || leaks.serves_one_client() ? ExitCode::kGood : ExitCode::kNothing;
}

ExitCode watch_server(const LeakCommand& command, const RunPlan& plan,
                      const StartableProgram& program, Console& console) {
  const ExplorationTitle title = say_title("leak", plan, program, console);
  const LeakSettings settings{.visits = command.visits,
                              .seed = plan.options.seed,
                              .end = program.source.clock.now() + to_time(command.time_s)};
  const Leaks leaks =
      watch_leaks(program.source, program.interrupt, settings, [&](const Visited& visited) {
        console.say(render_visited(visited));
        console.flush();
      });
  console.say(render_leaks(leaks, console.report_columns()));
  if (!command.json.empty()) {
    const auto written = write_whole_file(command.json, render_leaks_json(leaks, title));
    if (!written) {
      console.complain(written.error());
      return ExitCode::kInternal;
    }
  }
  return exit_code_of(leaks, program.interrupt);
}

ExitCode watch(LeakCommand& command, CLI::App& app, Console& console) {
  const auto refuse = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  // Options are read into `command`, also from a file.
  auto plan =
      plan_exploring(command.run, app, "watched", std::array{NamedFile{"--json", command.json}});
  if (!plan) return refuse(plan.error());
  if (plan->options.role == Role::kClient)
    return refuse("--client: a client ends with its conversation; a server is watched (--server)");
  if (!plan->options.profile.has_line_ends())
    return refuse(fmt::format(
        "--profile {}: without line ends, what is said cannot be told from what follows it; a "
        "profile with line ends is needed",
        plan->options.profile.name));
  return explore_program(command.run, *plan, console, [&](const StartableProgram& program) {
    return watch_server(command, *plan, program, console);
  });
}

constexpr std::string_view kLeakHelp =
    "One client after the other comes to the server and goes again, each in the same way: when a\n"
    "conversation is over, without a word, within a text, by a reset … After each it is counted "
    "what the\n"
    "server holds: open descriptors, processes, threads, and, with texts of a megabyte, memory. "
    "What\n"
    "grows by each of them is told.\n"
    "\n"
    "Examples:\n"
    "  chatspec leak --server 'python3 server.py {port} {keys}'\n"
    "  chatspec leak --server './server {port} {keys}' --visit resets --json leaks.json\n"
    "\n"
    "Exit status: 0 nothing is kept, or the server ends with its client, 1 something is kept,\n"
    "2 interrupted, or the time was over, 3 internal error, 4 wrong command line,\n"
    "5 nothing could be watched, 6 the program could not be built.";

}  // namespace

void add_leak_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("leak", "Show what a server keeps of clients that have gone");
  auto options = std::make_shared<LeakCommand>();
  options->run.add_program_to(*command);
  command->add_option("--time", options->time_s, "Watch nothing more after SECONDS")
      ->type_name("SECONDS")
      ->capture_default_str()
      ->check(seconds(0.01, 604'800));
  command
      ->add_option("--visit", options->visits,
                   "Let clients come and go in this way only; may be repeated. If not given, in "
                   "all of them")
      ->type_name("NAME")
      ->check(CLI::IsMember(list_visits()));
  command->add_option("--json", options->json, "Tell it to programs")
      ->type_name("FILE")
      ->check(path_of_file());
  command->footer(std::string(kLeakHelp));
  command->callback([&chosen, options, command] {
    chosen = [options, command](Console& console) { return watch(*options, *command, console); };
  });
}

}  // namespace chatspec
