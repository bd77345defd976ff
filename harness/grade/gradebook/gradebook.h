// A gradebook as a learning platform exports it, and reads it again: which platform's it is, which
// of its lines are students, by what they are known, and where their grades go.

#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grade/gradebook/csv_table.h"
#include "harness/grade/points.h"

namespace chatspec {

enum class GradebookForm : std::uint8_t {
  kCanvas,           // known by the columns ID and Section
  kMoodleWorksheet,  // of one assignment, for offline grading: Identifier and Grade
  kMoodleGradebook,  // of a course: Email address or ID number, and columns that end with (Real)
};

// By what a platform knows a student.
enum class Identity : std::uint8_t { kCanvasId, kMoodleParticipant, kNumber, kLogin, kAddress };

struct IdentityColumn {
  Identity identity = Identity::kNumber;
  std::size_t column = 0;
};

struct Gradebook {
  CsvTable table{};
  GradebookForm form = GradebookForm::kCanvas;
  std::vector<IdentityColumn> identities{};
  std::vector<std::size_t> names{};          // columns of which a student's name is made
  std::vector<std::size_t> students{};       // which records are students
  std::optional<std::size_t> most_points{};  // the record that has them, of Canvas
};

// The error is a sentence without a full stop that begins with the line.
std::expected<Gradebook, std::string> parse_gradebook(std::string text);

// Where an assignment's grades go.
struct GradeColumn {
  std::size_t grade = 0;
  std::optional<Points> most{};  // of which the grade is so many points, where one says so for all
  std::optional<std::size_t> most_of_each{};  // the column that says it
  std::optional<std::size_t> can_change{};    // the column that says whether a grade may be changed
  std::optional<std::size_t> feedback{};
};

// The only column for grades, or that of the assignment `name`: the whole heading, or without what
// the platform adds ("Exercise 3" for "Exercise 3 (4711)" and "Assignment: Exercise 3 (Real)"). The
// error, a sentence without a full stop, names those that could be meant.
std::expected<GradeColumn, std::string> choose_grade_column(const Gradebook& book,
                                                            std::string_view name);

// Points as platforms write them, some with a comma in place of the dot; nothing where it is none.
std::optional<Points> read_platform_points(std::string_view cell);

// What a record has in a column, without blanks at its ends; "" where it is too short.
std::string_view cell_of(const CsvRecord& record, std::size_t column);
std::string_view heading_of(const Gradebook& book, std::size_t column);

// A cell between quotation marks, for people.
std::string show_cell(std::string_view cell);

}  // namespace chatspec
