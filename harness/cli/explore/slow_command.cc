// slow: watches how the work of a server or a client grows with what it is given. What starts and
// isolates it is as for `run`, whose arguments are taken.

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
#include "harness/explore/growth_report.h"
#include "harness/explore/slowness.h"

namespace chatspec {
namespace {

constexpr double kDefaultSlowSeconds = 120;

struct SlowCommand {
  RunArguments run;
  double time_s = kDefaultSlowSeconds;
  std::vector<std::string> inputs;
  std::string json;  // a file; "" for none
};

ExitCode exit_code_of(const Slowness& slowness, const Interrupt& interrupt) {
  if (interrupt.requested()) return ExitCode::kInterrupted;
  if (slowness.grows_faster()) return ExitCode::kFailed;
  if (slowness.ended_by == GrowthStop::Why::kTrouble) return ExitCode::kInternal;
  if (slowness.ended_by == GrowthStop::Why::kTime) return ExitCode::kInterrupted;
  return slowness.is_measured() ? ExitCode::kGood : ExitCode::kNothing;
}

ExitCode measure_program(const SlowCommand& command, const RunPlan& plan,
                         const StartableProgram& program, Console& console) {
  const ExplorationTitle title = say_title("slow", plan, program, console);
  console.say(render_growth_heading());
  const Clock& clock = program.source.clock;
  const MeteredProgram metered{.role = plan.options.role,
                               .cells = program.source.cells,
                               .command = program.source.command,
                               .profile = program.source.profile,
                               .clock = clock,
                               .interrupt = program.interrupt};
  const SlownessSettings settings{.inputs = command.inputs,
                                  .seed = plan.options.seed,
                                  .end = clock.now() + to_time(command.time_s)};
  const Slowness slowness = watch_program(metered, settings, [&](const Grown& grown) {
    console.say(render_grown(grown));
    console.flush();
  });
  console.say(render_growth(slowness.inputs));
  if (!command.json.empty()) {
    const auto written = write_whole_file(command.json, render_growth_json(slowness.inputs, title));
    if (!written) {
      console.complain(written.error());
      return ExitCode::kInternal;
    }
  }
  return exit_code_of(slowness, program.interrupt);
}

ExitCode measure(SlowCommand& command, CLI::App& app, Console& console) {
  const auto refuse = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  // Options are read into `command`, also from a file.
  auto plan =
      plan_exploring(command.run, app, "measured", std::array{NamedFile{"--json", command.json}});
  if (!plan) return refuse(plan.error());
  if (!plan->options.profile.has_line_ends())
    return refuse(fmt::format(
        "--profile {}: without line ends, a text is what one receive takes, and cannot grow; a "
        "profile with line ends is needed",
        plan->options.profile.name));
  return explore_program(command.run, *plan, console, [&](const StartableProgram& program) {
    return measure_program(command, *plan, program, console);
  });
}

constexpr std::string_view kSlowHelp =
    "It makes texts of several shapes, and the number of messages, twice as large again and again, "
    "and\n"
    "measures the processor time that the program uses for each conversation, which does not "
    "depend on\n"
    "what else the machine does. Where the work grows in proportion to its input, each doubling "
    "adds twice\n"
    "as much as the one before; where it grows with its square, four times as much.\n"
    "\n"
    "Examples:\n"
    "  chatspec slow --server 'python3 server.py {port} {keys}'\n"
    "  chatspec slow --client './client {host} {port} {messages} {signatures}' --json slow.json\n"
    "\n"
    "Exit status: 0 its work grows with its input, 1 it grows faster, 2 interrupted, or the\n"
    "time was over, 3 internal error, 4 wrong command line, 5 nothing could be measured,\n"
    "6 the program could not be built.";

}  // namespace

void add_slow_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "slow", "Show where the work of a server or a client grows faster than its input");
  auto options = std::make_shared<SlowCommand>();
  options->run.add_program_to(*command);
  command->add_option("--time", options->time_s, "Measure nothing more after SECONDS")
      ->type_name("SECONDS")
      ->capture_default_str()
      ->check(seconds(0.01, 604'800));
  command
      ->add_option("--input", options->inputs,
                   "Let only this grow; may be repeated. If not given, all of them do")
      ->type_name("NAME")
      ->check(CLI::IsMember(list_growing_inputs()));
  command->add_option("--json", options->json, "Tell it to programs")
      ->type_name("FILE")
      ->check(path_of_file());
  command->footer(std::string(kSlowHelp));
  command->callback([&chosen, options, command] {
    chosen = [options, command](Console& console) { return measure(*options, *command, console); };
  });
}

}  // namespace chatspec
