// Which line of a gradebook is whose.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/grade/gradebook/gradebook.h"
#include "harness/grade/gradebook/graded_student.h"

namespace chatspec {

struct GradebookMatch {
  std::size_t record = 0;   // of the table
  std::size_t student = 0;  // of those given
};

struct GradebookMatches {
  std::vector<GradebookMatch> found{};  // in the order of records; each record once
  // Sentences without a full stop: where a student could be several lines or a line several
  // students, with what to do, and who has no line.
  std::vector<std::string> ambiguous{};
  std::vector<std::string> missing{};
};

// A student is looked for by what the platform of the submission calls them, where the gradebook
// has that: Canvas's user ID, Moodle's participant number, of Gradescope the student's number or
// address, for each of a group. Else, and where it came from no platform, by what the submission
// is called: a login, a number, an address, or the name, whatever the order of its words.
GradebookMatches match_students(const Gradebook& book, std::span<const GradedStudent> students);

}  // namespace chatspec
