#include "harness/grade/gradebook/gradebook.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/diagnosis/text_comparison.h"
#include "harness/report/text/clean_text.h"
#include "reference/text/setting_text.h"

namespace chatspec {
namespace {

struct IdentityHeading {
  std::string_view heading;
  Identity identity;
};
constexpr std::array kIdentityHeadings{
    IdentityHeading{"ID", Identity::kCanvasId},
    IdentityHeading{"SIS User ID", Identity::kNumber},
    IdentityHeading{"SIS Login ID", Identity::kLogin},
    IdentityHeading{"Identifier", Identity::kMoodleParticipant},
    IdentityHeading{"ID number", Identity::kNumber},
    IdentityHeading{"Username", Identity::kLogin},
    IdentityHeading{"Email address", Identity::kAddress},
};
constexpr std::array<std::string_view, 7> kNameHeadings{
    "Student", "LastName", "FirstName", "Full name", "First name", "Last name", "Surname"};

constexpr std::string_view kReal = " (Real)";

std::vector<std::size_t> columns_called(const Gradebook& book, std::string_view heading) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < book.table.records.front().fields.size(); ++i) {
    if (same_but_for_letter_case(heading_of(book, i), heading)) columns.push_back(i);
  }
  return columns;
}

std::optional<std::size_t> find_column(const Gradebook& book, std::string_view heading) {
  const auto columns = columns_called(book, heading);
  return columns.empty() ? std::nullopt : std::optional(columns.front());
}

std::expected<void, std::string> find_identities(Gradebook& book) {
  for (const auto& [heading, identity] : kIdentityHeadings) {
    const auto columns = columns_called(book, heading);
    if (columns.size() > 1)
      return std::unexpected(
          fmt::format("line {}: {} columns are called \"{}\"; remove all but one from the file",
                      book.table.records.front().line, columns.size(), heading));
    if (!columns.empty()) book.identities.push_back({identity, columns.front()});
  }
  for (const std::string_view heading : kNameHeadings)
    std::ranges::copy(columns_called(book, heading), std::back_inserter(book.names));
  return {};
}

std::optional<GradebookForm> find_form(const Gradebook& book) {
  const auto has = [&](std::string_view heading) { return find_column(book, heading).has_value(); };
  const bool has_real = std::ranges::any_of(
      book.table.records.front().fields,
      [](const CsvField& field) { return chat::trim_blanks(field.value).ends_with(kReal); });
  if (has("Identifier") && has("Grade")) return GradebookForm::kMoodleWorksheet;
  if (has("ID") && has("Section")) return GradebookForm::kCanvas;
  if (has_real && (has("Email address") || has("ID number")))
    return GradebookForm::kMoodleGradebook;
  return std::nullopt;
}

// Canvas says in lines of their own which assignments are posted by hand, and of how many points
// each is; it takes them for these by the same words.
bool is_of_most_points(const CsvRecord& record) {
  return record.fields.front().value.contains("Points Possible");
}

bool is_of_posting(const CsvRecord& record) {
  return std::ranges::all_of(record.fields, [](const CsvField& field) {
    const std::string_view cell = chat::trim_blanks(field.value);
    return cell.empty() || cell.starts_with("Manual Posting") || cell == "Muted";
  });
}

void find_students(Gradebook& book) {
  const bool is_canvas = book.form == GradebookForm::kCanvas;
  for (std::size_t i = 1; i < book.table.records.size(); ++i) {
    const CsvRecord& record = book.table.records[i];
    if (is_canvas && is_of_most_points(record)) {
      book.most_points = i;
    } else if (!is_canvas || !is_of_posting(record)) {
      book.students.push_back(i);
    }
  }
}

std::string_view most_points_of(const Gradebook& book, std::size_t column) {
  return book.most_points ? cell_of(book.table.records[*book.most_points], column) : "";
}

// Behind the last column about the student, with the assignment's number in the heading; what
// Canvas itself reckons has none.
bool is_assignment_of_canvas(const Gradebook& book, std::size_t column) {
  const std::string_view heading = heading_of(book, column);
  const std::size_t open = heading.rfind(" (");
  if (column <= find_column(book, "Section").value_or(0) || open == heading.npos) return false;
  const std::string_view number = heading.substr(open + 2);
  return number.size() > 1 && number.find_first_not_of("0123456789") == number.size() - 1 &&
         number.ends_with(')') && !most_points_of(book, column).contains("read only");
}

bool takes_grades(const Gradebook& book, std::size_t column) {
  const std::string_view heading = heading_of(book, column);
  switch (book.form) {
    case GradebookForm::kCanvas:
      return is_assignment_of_canvas(book, column);
    case GradebookForm::kMoodleWorksheet:
      return same_but_for_letter_case(heading, "Grade");
    case GradebookForm::kMoodleGradebook:
      return heading.ends_with(kReal) && !heading.starts_with("Course total");
  }
  return false;
}

// "Exercise 3" of "Assignment: Exercise 3 (Real)".
std::string_view bare_name(std::string_view heading) {
  constexpr std::string_view kModule = "Assignment: ";
  if (heading.starts_with(kModule)) heading.remove_prefix(kModule.size());
  return heading.substr(0, heading.rfind(" ("));
}

std::string list_columns(const Gradebook& book, const std::vector<std::size_t>& columns) {
  std::vector<std::string> names;
  for (const std::size_t column : columns)
    names.push_back(fmt::format("{} (column {})", show_cell(heading_of(book, column)), column + 1));
  return fmt::format("{}", fmt::join(names, ", "));
}

GradeColumn describe_column(const Gradebook& book, std::size_t column) {
  GradeColumn found{.grade = column};
  if (book.form == GradebookForm::kMoodleWorksheet) {
    found.most_of_each = find_column(book, "Maximum Grade");
    found.can_change = find_column(book, "Grade can be changed");
    found.feedback = find_column(book, "Feedback comments");
  }
  found.most = read_platform_points(most_points_of(book, column));
  return found;
}

}  // namespace

std::expected<Gradebook, std::string> parse_gradebook(std::string text) {
  auto table = parse_csv(std::move(text));
  if (!table) return std::unexpected(table.error());
  Gradebook book{.table = *std::move(table)};
  const auto form = find_form(book);
  if (!form)
    return std::unexpected(fmt::format(
        "line {}: expected the headings of a gradebook: of Canvas (with ID and Section), of "
        "Moodle's offline grading worksheet (Identifier and Grade) or of Moodle's grade export "
        "(Email address or ID number, and assignments with (Real)); export it with the platform in "
        "English",
        book.table.records.front().line));
  book.form = *form;
  if (const auto found = find_identities(book); !found) return std::unexpected(found.error());
  find_students(book);
  return book;
}

std::expected<GradeColumn, std::string> choose_grade_column(const Gradebook& book,
                                                            std::string_view name) {
  if (book.form == GradebookForm::kMoodleWorksheet && find_column(book, "Scale"))
    return std::unexpected(
        "the assignment is graded by the words of a scale; choose points as its type of grade in "
        "Moodle, and export again");
  std::vector<std::size_t> possible;
  for (std::size_t i = 0; i < book.table.records.front().fields.size(); ++i) {
    if (takes_grades(book, i)) possible.push_back(i);
  }
  if (possible.empty())
    return std::unexpected(
        "no column of it takes grades; make the assignment on the platform, and export again");
  std::vector<std::size_t> meant;
  std::ranges::copy_if(possible, std::back_inserter(meant), [&](std::size_t column) {
    const std::string_view heading = heading_of(book, column);
    return name.empty() || heading == name || bare_name(heading) == name;
  });
  if (meant.size() == 1) return describe_column(book, meant.front());
  if (meant.empty())
    return std::unexpected(fmt::format("no column for grades is called {}; there are {}",
                                       show_cell(name), list_columns(book, possible)));
  return std::unexpected(fmt::format("several columns can be meant: {}; --column says which",
                                     list_columns(book, meant)));
}

std::optional<Points> read_platform_points(std::string_view cell) {
  std::string text(cell);
  std::ranges::replace(text, ',', '.');
  return Points::parse(text);
}

std::string_view cell_of(const CsvRecord& record, std::size_t column) {
  return column < record.fields.size() ? chat::trim_blanks(record.fields[column].value) : "";
}

std::string_view heading_of(const Gradebook& book, std::size_t column) {
  return cell_of(book.table.records.front(), column);
}

std::string show_cell(std::string_view cell) {
  return fmt::format("\"{}\"", one_line(cell));
}

}  // namespace chatspec
