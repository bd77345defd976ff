#include "harness/grade/gradebook/graded_student.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/grade/gradebook/csv_table.h"
#include "harness/report/formats/csv_field.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

enum ScoreColumn { kId, kStudent, kPlatform, kKey, kPoints, kOf };
constexpr std::array<std::string_view, 6> kScoreColumns{"id",  "student", "platform",
                                                        "key", "points",  "of"};
using ColumnPlaces = std::array<std::size_t, kScoreColumns.size()>;

std::expected<ColumnPlaces, std::string> find_columns(const CsvRecord& header) {
  ColumnPlaces places{};
  for (std::size_t i = 0; i < kScoreColumns.size(); ++i) {
    const auto found = std::ranges::find(header.fields, kScoreColumns[i], &CsvField::value);
    if (found == header.fields.end())
      return std::unexpected(
          fmt::format("line {}: no column is called \"{}\"; `chatspec grade --resume` makes this "
                      "table anew",
                      header.line, kScoreColumns[i]));
    places[i] = static_cast<std::size_t>(found - header.fields.begin());
  }
  return places;
}

std::expected<Points, std::string> read_points(const std::string& value, std::size_t line) {
  const auto points = Points::parse(value);
  if (points) return *points;
  return std::unexpected(fmt::format("line {}: expected points, such as 12.5, but found {}", line,
                                     chat::quote_start(value)));
}

std::expected<GradedStudent, std::string> read_student(const CsvRecord& record,
                                                       const ColumnPlaces& places) {
  if (record.fields.size() <= std::ranges::max(places))
    return std::unexpected(
        fmt::format("line {}: it has fewer fields than the first line", record.line));
  const auto value = [&](ScoreColumn column) -> const std::string& {
    return record.fields[places[column]].value;
  };
  GradedStudent student{.id = value(kId),
                        .student = std::string(read_csv_value(value(kStudent))),
                        .platform = value(kPlatform),
                        .key = std::string(read_csv_value(value(kKey)))};
  if (student.id.empty() || student.id.contains('/'))
    return std::unexpected(fmt::format("line {}: expected the id of a submission, but found {}",
                                       record.line, chat::quote_start(student.id)));
  const auto of = read_points(value(kOf), record.line);
  if (!of) return std::unexpected(of.error());
  student.of = *of;
  if (value(kPoints).empty()) return student;
  const auto points = read_points(value(kPoints), record.line);
  if (!points) return std::unexpected(points.error());
  student.points = *points;
  return student;
}

}  // namespace

std::expected<std::vector<GradedStudent>, std::string> parse_scores(std::string text) {
  const auto table = parse_csv(std::move(text));
  if (!table) return std::unexpected(table.error());
  const auto places = find_columns(table->records.front());
  if (!places) return std::unexpected(places.error());
  std::vector<GradedStudent> students;
  for (std::size_t i = 1; i < table->records.size(); ++i) {
    auto student = read_student(table->records[i], *places);
    if (!student) return std::unexpected(student.error());
    students.push_back(*std::move(student));
  }
  return students;
}

}  // namespace chatspec
