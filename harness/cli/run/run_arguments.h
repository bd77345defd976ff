// The command line of `chatspec run`, as it was written, and what others have in common with it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/options/format_options.h"
#include "harness/cli/options/selection_options.h"
#include "harness/cli/options/tier_choice.h"

namespace CLI {
class App;
}

namespace chatspec {

// As --profile: the built-in one that the program speaks.
inline constexpr std::string_view kAutomaticProfile = "auto";

struct RunArguments {
  SelectionOptions selection;
  std::string server;
  std::string client;
  std::string remote;
  std::string remote_keys;
  std::string config;  // a file; "" for that of the project, where no program is named
  std::string again;   // the log of an earlier run, which is started as that was
  std::string role;    // which of the programs of that file
  std::string profile = "line";
  std::string delivery = "units";
  std::string isolation{kAutomatic};
  std::optional<std::string> folder;
  std::string build;
  double build_deadline_s = 300;
  std::vector<std::string> readable;
  std::uint64_t memory_bytes = 0;  // 0: what the sandbox gives
  std::string name;
  std::string log;
  std::string log_events = "failed";
  FormatOptions formats;
  std::vector<std::string> known;  // files
  std::vector<std::string> known_flaky;
  std::string failed_first;  // logs
  std::string only_failed;
  bool shuffle = false;
  bool play_on = false;
  std::size_t fail_fast = 0;  // so many failures are enough; 0: there is no such number
  std::optional<double> time_limit_s;
  std::size_t repeat = 1;
  bool until_fail = false;
  std::size_t retries = 0;
  std::string shard;    // as for choose_shard(); "" where everything is played
  std::string timings;  // a log
  std::optional<std::uint64_t> seed;
  std::size_t jobs = 0;
  double deadline_s = 5;
  double silence_s = 0.25;
  bool verbose = false;
  bool quiet = false;

  void add_to(CLI::App& command);
  // Only what says which server or client is started, how, and how long it is waited for: for
  // commands that start one and play no suite.
  void add_program_to(CLI::App& command);

 private:
  // Each some of the options, in the order in which help shows them.
  void add_command_line_to(CLI::App& command);
  void add_cell_to(CLI::App& command);
  void add_deadlines_to(CLI::App& command);
  void add_other_programs_to(CLI::App& command);
  void add_play_to(CLI::App& command);
  void add_order_to(CLI::App& command);
  void add_repetition_to(CLI::App& command);
  void add_shards_to(CLI::App& command);
  void add_reports_to(CLI::App& command);
};

}  // namespace chatspec
