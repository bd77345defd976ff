// What commands have in common that explore a server which they start: `learn` and `fuzz`.

#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <string>
#include <string_view>

#include "harness/cell/interrupt.h"
#include "harness/cli/console.h"
#include "harness/cli/exit_status.h"
#include "harness/cli/run_arguments.h"
#include "harness/cli/run_plan.h"
#include "harness/explore/exploration_title.h"
#include "harness/explore/explored_server.h"

namespace CLI {
class App;
}

namespace chatspec {

// A server that we start, and nothing that is about playing a suite; also from the project's
// configuration. `done_to_it` is for the error, which is a sentence: "learned".
std::expected<RunPlan, std::string> plan_exploring(RunArguments& arguments, CLI::App& app,
                                                   std::string_view done_to_it);

// A server that can be started, all of it borrowed.
struct StartableServer {
  ServerSource source;
  const Interrupt& interrupt;
  std::size_t jobs = 1;     // conversations at a time
  std::string isolation{};  // the tier
};

// Supplies cells, builds the server where that is wanted, and calls `work`. Complains where it does
// not come to that.
ExitCode explore_program(const RunArguments& arguments, RunPlan& plan, Console& console,
                         const std::function<ExitCode(const StartableServer& server)>& work);

// What begins the report of a command: "chatspec learn: NAME, profile line, …", which is said.
ExplorationTitle say_title(std::string_view command, const RunPlan& plan,
                           const StartableServer& server, Console& console);

std::chrono::nanoseconds to_time(double seconds);

}  // namespace chatspec
