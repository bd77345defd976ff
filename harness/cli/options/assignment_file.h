// The assignment that a command line names.

#pragma once

#include <expected>
#include <string>
#include <vector>

#include "harness/cli/console/console.h"
#include "harness/grade/assignment.h"
#include "harness/suite/known_constants.h"

namespace chatspec {

// The error names the file, and the lines of its mistakes.
std::expected<Assignment, std::string> read_assignment(const std::string& path);

// What an assignment plays, found before anything is: its scenarios.
struct AssignedSuite {
  std::vector<std::string> paths{};  // those of `scenarios` that are files or folders, absolute
  std::string hash{};                // of all scenarios from which is selected, and of the profile
  std::vector<KnownConstant> constants{};  // that these play in every run
};

// Reads the scenarios, the profile and tries the isolation, so that a mistake is told once and not
// for each submission. Words of `scenarios` that are paths become absolute: they are looked up from
// the folder of the assignment's file. Complains and gives nothing where nothing could be played.
std::optional<AssignedSuite> prepare_assignment(const std::string& path, Assignment& assignment,
                                                Console& console);

}  // namespace chatspec
