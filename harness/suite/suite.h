// A suite: the scenario files below a folder, read and checked.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/scenario/diagnostic.h"
#include "harness/suite/scenario_file.h"

namespace chatspec {

// What is wrong with a file, or may be; of a file as a whole at its beginning.
struct FileFinding {
  std::string file{};  // its path, as it is shown
  Diagnostic diagnostic{};
};

struct Suite {
  std::vector<ScenarioFile> files;  // in the order of their ids
  std::string
      problems;  // what is wrong with any of them, rendered for people; empty where nothing is
  std::string warnings;               // what they may not mean as it is written, rendered likewise
  std::vector<FileFinding> findings;  // the same as both, one by one
};

// Reads and checks files, each once, and every scenario file below folders, and adds them to
// `suite`, which read_suite() made. A path that does not exist, a file that cannot be read, or a
// folder without scenarios is a problem like any other.
Suite read_suite(const std::vector<std::filesystem::path>& paths, Suite suite = {});

// The same, and then checks what all of them need of each other. That may also lie in the folder
// `library`, if one is given.
Suite load_suite(const std::vector<std::filesystem::path>& paths,
                 const std::filesystem::path& library = {}, Suite read_before = {});

// Where the scenarios lie that those of the suite need, and those need in turn, and that are not in
// the suite: beside the chapter of whoever needs them, else in `library`. Each once.
std::vector<std::filesystem::path> find_needed(const Suite& suite,
                                               const std::filesystem::path& library);

// The SHA-256 of all files' ids and sources, in hex: which suite it was.
std::string hash_suite(const Suite& suite);

}  // namespace chatspec
