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
  std::vector<SelectionRecord> selections{};  // what was selected, in each run of the log
};

// Of the log of one run, or of several that were started alike. What a log does not have (the file
// of a profile that is not built in, and of the keys of a server that runs already) has to be an
// option of `run`, which is the command with its arguments. The error is a sentence.
std::expected<EarlierRun, std::string> read_earlier_run(const std::string& log,
                                                        const CLI::App& run);

// Selects the same, unless the command line selects anything itself; what it leaves out is left out
// besides. The error, a sentence, says why that cannot be.
std::expected<void, std::string> select_again(const EarlierRun& earlier, CLI::App& run);

}  // namespace chatspec
