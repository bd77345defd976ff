// The assignment that a command line names.

#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "harness/cli/console/console.h"
#include "harness/grade/assignment.h"
#include "harness/grade/settled_run.h"
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

// Whether the words of `points` and `hidden` mean something, as prepare_assignment() asks it, where
// it is known what was played: that may be more than the assignment plays. The suite is read only
// for words by which nothing was. Complains of what is wrong.
bool check_parts(const std::string& path, Assignment assignment, std::span<const SettledRun> played,
                 Console& console);

}  // namespace chatspec
