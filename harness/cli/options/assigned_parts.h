// Whether the parts of an assignment can earn anything: what their words mean, and what is played.

#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "harness/cli/options/suite_location.h"
#include "harness/grade/assignment.h"
#include "harness/grade/settled_run.h"
#include "harness/suite/choice.h"
#include "reference/profile.h"
#include "reference/text/file_error.h"

namespace chatspec {

// What an assignment plays in each of its roles.
using Choices = std::map<Role, Choice>;

// Borrows the cases, which are those of the suite.
Choices choose_assigned(const Assignment& assignment, const WantedSuite& wanted,
                        const std::vector<Case>& cases, const chat::Profile& profile);

// What is played for itself and counts in no part, as a note for whoever grades; "" where there is
// none.
std::string list_partless(const Assignment& assignment, const Choices& choices);

// Whether each word of `points` and `hidden` means something that was played, and each part has
// some of it in each of its roles.
bool have_all_been_played(const Assignment& assignment, std::span<const SettledRun> played);

// All that there is, and what of it is played.
struct AssignedCases {
  const std::vector<Case>& all;
  const Choices& choices;
};

// Words that mean nothing, neither of what there is nor of what was played; if there are none,
// parts of which nobody could earn a point. `file` is the assignment's name.
std::vector<chat::FileError> find_mistaken_parts(const std::string& file,
                                                 const Assignment& assignment,
                                                 const AssignedCases& cases,
                                                 std::span<const SettledRun> played = {});

}  // namespace chatspec
