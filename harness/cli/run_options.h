// The command line of `chatspec run`, and what it means.

#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "harness/cell/cell.h"
#include "harness/cell/remote_cell.h"
#include "harness/cli/program_plan.h"
#include "harness/cli/selection_options.h"
#include "harness/cli/tier_choice.h"
#include "harness/runs/run.h"

namespace CLI {
class App;
}

namespace chatspec {

struct RunArguments {
  SelectionOptions selection;
  std::string server;
  std::string client;
  std::string remote;
  std::string remote_keys;
  std::string profile = "line";
  std::string delivery = "units";
  std::string isolation{kAutomatic};
  std::optional<std::string> folder;
  std::string build;
  double build_deadline_s = 300;
  std::vector<std::string> readable;
  std::string name;
  std::string log;
  std::string log_events = "failed";
  bool play_on = false;
  std::optional<std::uint64_t> seed;
  std::size_t jobs = 0;
  double deadline_s = 5;
  double silence_s = 0.25;
  bool verbose = false;
  bool quiet = false;

  void add_to(CLI::App& command);
};

// What the arguments come to, with every file read and every program found.
struct RunPlan {
  RunOptions options;
  std::optional<ProgramPlan> program;
  std::optional<RemoteServer> remote;
  Patience patience;
  std::vector<std::string> argv;    // as the user wrote it; empty for a remote server
  std::string name;                 // of the implementation, in reports
  std::chrono::milliseconds build;  // how long a build may take
};

// The error is a sentence that begins with the option that is wrong.
std::expected<RunPlan, std::string> make_plan(const RunArguments& arguments);

}  // namespace chatspec
