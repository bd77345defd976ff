// How an earlier run was started, as settings of the next one.

#pragma once

#include <expected>
#include <string>
#include <vector>

#include "harness/cli/run/configuration.h"

namespace CLI {
class App;
}

namespace chatspec {

// Of the log of one run, or of several that were started alike. What a log does not have (the file
// of a profile that is not built in, and of the keys of a server that runs already) has to be an
// option of `run`, which is the command with its arguments. The error is a sentence.
std::expected<std::vector<ConfiguredSetting>, std::string> read_settings_of_run(
    const std::string& log, const CLI::App& run);

}  // namespace chatspec
