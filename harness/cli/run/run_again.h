// How an earlier run was started, and what it played, as settings of the next one.

#pragma once

#include <expected>
#include <string>
#include <vector>

#include "harness/cli/run/configuration.h"
#include "harness/report/log/record.h"

namespace CLI {
class App;
}

namespace chatspec {

struct EarlierRun {
  std::vector<ConfiguredSetting> settings{};  // how it was started
  SelectionRecord selection{};                // what it played; empty where that was everything
};

// Of the log of one run, or of several that were started alike and played the same. What a log does
// not have (the file of a profile that is not built in, and of the keys of a server that runs
// already) has to be an option of `run`, which is the command with its arguments. The error is a
// sentence.
std::expected<EarlierRun, std::string> read_earlier_run(const std::string& log,
                                                        const CLI::App& run);

// Selects the same, unless the command line selects anything itself.
void select_again(const SelectionRecord& selection, CLI::App& run);

}  // namespace chatspec
