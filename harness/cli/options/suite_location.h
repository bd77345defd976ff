// Where the scenarios are.

#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/cli/console/console.h"
#include "harness/suite/suite.h"

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
  std::set<std::string> needed;  // ids of what is there because the scenarios of the paths need it
};

// What besides the words is wanted.
struct WantedBesides {
  bool needed_too = false;  // what the scenarios of the paths need, though no word names it
  // Words of runs that are over. The scenarios of those that are paths of one's own, and lead to
  // something still, can be named as those of the suite can.
  std::vector<std::string> played_then{};
};

// Loads and checks what the words on a command line name: paths of scenario files and folders, and
// names of scenarios. Where there is a name, or no path, that is the suite in `suite_folder`, or
// chatspec's own, with what the paths name: all of a file, or the rows of it that words name. A
// word that names a part of the suite and a file or folder here means the suite's, and that is
// told. Complains and gives nothing where anything is wrong; warnings are shown and stop nothing.
std::optional<WantedSuite> load_wanted(const std::vector<std::string>& words,
                                       const std::string& suite_folder, Console& console,
                                       const WantedBesides& besides = {});

// The scenarios of files and folders; chatspec's own suite where there is no word. What is wrong in
// them is shown, and in the suite; nothing where a word is no path.
std::optional<Suite> read_paths(const std::vector<std::string>& words, Console& console);

// The same where nothing is wrong.
std::optional<Suite> load_paths(const std::vector<std::string>& words, Console& console);

}  // namespace chatspec
