// The settings of a project, as far as a command line of `chatspec run` leaves them open.

#pragma once

#include <expected>
#include <string>

#include "harness/cli/run/run_arguments.h"

namespace chatspec {

struct AddedSettings {
  std::string file{};                      // as it was named; "" where there is none
  std::vector<std::string> played_then{};  // the words by which the earlier run selected
};

// Adds to the arguments, which are those of `run`, what the configuration file or the earlier run's
// log says that they name, or, where they name no program, the file of the folder in which chatspec
// works. Of a program that is named, none is looked for: its folder may be somebody's whom nobody
// trusts. The error is fit for a terminal, and may have several lines.
std::expected<AddedSettings, std::string> add_configuration(const RunArguments& arguments,
                                                            CLI::App& run);

}  // namespace chatspec
