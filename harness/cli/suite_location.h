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

// What the words on a command line name: paths of scenario files and folders, and names of
// scenarios of the suite.
struct Wanted {
  std::vector<std::filesystem::path> paths;  // to load
  std::vector<std::string> names;            // to select from it
};

// Splits words into paths (which exist, or look like paths) and names. Without a path, the suite in
// `suite_folder`, or chatspec's own, is loaded. Complains and gives nothing where that is needed
// and cannot be found.
std::optional<Wanted> resolve_wanted(const std::vector<std::string>& words,
                                     const std::string& suite_folder);

// Loads and checks it; complains and gives nothing where anything is wrong.
std::optional<Suite> load_wanted(const Wanted& wanted);

}  // namespace chatspec
