// What commands have in common that explore a program which they start: `learn`, `fuzz`, `slow` and
// `leak`.

#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/interrupt.h"
#include "harness/cli/console/console.h"
#include "harness/cli/console/exit_status.h"
#include "harness/cli/console/named_files.h"
#include "harness/cli/run/run_arguments.h"
#include "harness/cli/run/run_plan.h"
#include "harness/explore/asking/explored_client.h"
#include "harness/explore/asking/explored_server.h"
#include "harness/explore/asking/search_start.h"
#include "harness/explore/exploration_title.h"

namespace CLI {
class App;
}

namespace chatspec {

// A server or a client that we start, and nothing that is about playing a suite; also from the
// project's configuration. `results` are the files that will be written when all is over.
// `done_to_it` is for the error, which is a sentence: "learned".
std::expected<RunPlan, std::string> plan_exploring(RunArguments& arguments, CLI::App& app,
                                                   std::string_view done_to_it,
                                                   std::span<const NamedFile> results);

// A program that can be started, all of it borrowed.
struct StartableProgram {
  ServerSource source;  // the keys are for a server
  const Interrupt& interrupt;
  std::size_t jobs = 1;     // conversations at a time
  std::string isolation{};  // the tier
};

// The same for a client, with these signatures in its file, which are borrowed, too.
ClientSource client_source_of(const StartableProgram& program,
                              std::span<const std::string> signatures);

// Supplies cells, builds the program where that is wanted, and calls `work`. Complains where it
// does not come to that. `start`: how the program is started where it is searched.
ExitCode explore_program(const RunArguments& arguments, RunPlan& plan, Console& console,
                         const std::function<ExitCode(const StartableProgram& program)>& work,
                         const SearchStart& start = {});

// What begins the report of a command: "chatspec learn: NAME, profile line, …", which is said.
ExplorationTitle say_title(std::string_view command, const RunPlan& plan,
                           const StartableProgram& program, Console& console);

std::chrono::nanoseconds to_time(double seconds);

}  // namespace chatspec
