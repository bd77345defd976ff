// Where the scenarios are.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/suite.h"

namespace chatspec {

// The suite that came with this program: beside it in a source tree (scenarios/), or where it is
// installed
// (../share/chatspec/scenarios). Nothing where neither is there.
std::optional<std::filesystem::path> find_own_suite();

// Those of the words on a command line that are paths: they exist, or look like paths.
std::vector<std::filesystem::path> paths_among(const std::vector<std::string>& words);

struct WantedSuite {
  Suite suite;
  std::vector<std::string> names;  // to select from it; all where there are none
};

// Loads and checks what the words on a command line name: paths of scenario files and folders, and
// names of scenarios. Where there is a name, or no path, that is the suite in `suite_folder`, or
// chatspec's own, with what the paths name. Complains and gives nothing where anything is wrong.
std::optional<WantedSuite> load_wanted(const std::vector<std::string>& words,
                                       const std::string& suite_folder);

}  // namespace chatspec
