// What the command line of `chatspec run` comes to.

#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/cell/cell.h"
#include "harness/cell/sockets/remote_cell.h"
#include "harness/cli/options/shard_choice.h"
#include "harness/cli/run/program_plan.h"
#include "harness/cli/run/run_arguments.h"
#include "harness/runs/run_options.h"

namespace chatspec {

// What the arguments come to, with every file read and every program found.
struct RunPlan {
  RunOptions options;
  bool asks_for_profile = false;  // `options` have the default, if the program speaks no other
  std::optional<ProgramPlan> program;
  std::optional<RemoteServer> remote;
  std::set<std::string> failed_first;                // ids
  std::optional<std::set<std::string>> only_failed;  // ids; where no others are to be played
  std::vector<std::string> played_then;  // the words by which the run selected in which they failed
  std::optional<ShardChoice> shard;      // where not everything is to be played
  Timings timings;
  Patience patience;
  std::vector<std::string> argv;    // as the user wrote it; empty for a remote server
  std::string name;                 // of the implementation, in reports
  std::chrono::milliseconds build;  // how long a build may take
};

// The error is a sentence that begins with the option that is wrong.
std::expected<RunPlan, std::string> make_plan(const RunArguments& arguments);

}  // namespace chatspec
