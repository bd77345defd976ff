// Grades, written into a gradebook.

#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <vector>

#include "harness/grade/gradebook/gradebook.h"
#include "harness/grade/gradebook/gradebook_match.h"
#include "harness/grade/gradebook/graded_student.h"

namespace chatspec {

struct FilledGradebook {
  std::string text{};
  std::size_t grades = 0;            // so many were written
  std::vector<std::string> notes{};  // sentences without a full stop: which lines stay, and why
};

// The text of the gradebook with the grades of those that were found, and all else as it was. A
// line stays as it is whose student is not graded, is excused, or whose grade the platform does not
// let change. With a grade goes what its student is told, where that is given and nobody else has
// written there. Where the platform's points are not those of the assignment, `converts` makes
// grades the same share of them; else that is an error, as is all that would be read wrongly.
// Errors are sentences without a full stop.
std::expected<FilledGradebook, std::vector<std::string>> fill_gradebook(
    const Gradebook& book, const GradeColumn& column, std::span<const GradebookMatch> matches,
    std::span<const GradedStudent> students, bool converts);

}  // namespace chatspec
