// What a case came to, as a record of the log.

#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness/report/log/record.h"
#include "harness/runs/run.h"
#include "reference/profile.h"

namespace chatspec {

// Paths of this machine, such as the user's home, each with what stands for it in texts: whoever
// reads a report need not know where chatspec ran.
using HiddenPaths = std::vector<std::pair<std::string, std::string>>;

struct RecordOptions {
  chat::Profile profile;  // in whose words titles and descriptions are
  bool logs_all = false;  // what happened also in cases that pass
  HiddenPaths hidden{};   // besides the folder of the case's cell, which becomes {folder}
  // The root of the repository in which the user works, canonical; empty where paths are not
  // wanted.
  std::filesystem::path repository{};
  // Which file the program may not have found, for people: a cause, or what is added to one.
  std::string missing_file{};
};

CaseRecord make_case_record(const CaseResult& result, const RecordOptions& options);

}  // namespace chatspec
