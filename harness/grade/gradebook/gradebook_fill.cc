#include "harness/grade/gradebook/gradebook_fill.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/report/formats/csv_field.h"
#include "harness/report/formats/html/html_writer.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/formats/report_text.h"

namespace chatspec {
namespace {

// How a comment of ours begins, by which it is known the next time.
constexpr std::string_view kOwnFeedback = "<pre>\n";

// Moodle takes what stands in `Feedback comments` for HTML.
std::string write_feedback(std::string_view text) {
  return write_csv_field(collect_text([&](ReportText& out) {
    HtmlWriter html(out);
    html.trusted(kOwnFeedback);
    html.text(as_plain_text(text));
    html.trusted("</pre>");
    html.finish();
  }));
}

// What is wrong, and of which lines: so that what is wrong with all of them is told once.
struct Refusal {
  std::string message{};
  std::size_t first_line = 0;
  std::size_t lines = 1;
};

struct Change {
  const CsvField* field = nullptr;
  std::string written{};  // as it is to stand in the file
};

class Filler {
 public:
  Filler(const Gradebook& book, const GradeColumn& column, bool converts)
      : book_(book), column_(column), converts_(converts) {}

  void fill(const CsvRecord& record, const GradedStudent& student) {
    const std::string who = fmt::format("line {}: {}", record.line, show_cell(student.student));
    if (const std::string why = why_it_stays(record, student); !why.empty()) {
      filled_.notes.push_back(fmt::format("{} {}; the line stays as it is", who, why));
      return;
    }
    const auto grade = make_grade(record, student);
    if (!grade) {
      refuse(record, grade.error());
      return;
    }
    const CsvField& field = record.fields[column_.grade];
    changes_.push_back(
        {&field, field.is_quoted ? fmt::format("\"{}\"", grade->to_string()) : grade->to_string()});
    ++filled_.grades;
    if (student.feedback) fill_feedback(record, *student.feedback, who);
  }

  std::expected<FilledGradebook, std::vector<std::string>> finish() {
    if (!refusals_.empty()) return std::unexpected(describe_refusals());
    std::ranges::sort(changes_, {}, [](const Change& change) { return change.field->begin; });
    std::size_t done = 0;
    for (const Change& change : changes_) {
      filled_.text.append(book_.table.text, done, change.field->begin - done);
      filled_.text += change.written;
      done = change.field->begin + change.field->length;
    }
    filled_.text.append(book_.table.text, done);
    return std::move(filled_);
  }

 private:
  std::string why_it_stays(const CsvRecord& record, const GradedStudent& student) const {
    if (!student.points) return "is not graded";
    const std::string_view cell = cell_of(record, column_.grade);
    if (cell == "EX") return "is excused";
    if (cell == "N/A") return "has not been given the assignment";
    if (column_.can_change && cell_of(record, *column_.can_change) == "No")
      return "has a grade that may not be changed on the platform";
    return {};
  }

  // Of how many points the platform takes it to be, where that is known.
  std::optional<Points> most_of(const CsvRecord& record) const {
    if (column_.most_of_each) return read_platform_points(cell_of(record, *column_.most_of_each));
    return column_.most;
  }

  std::expected<Points, std::string> make_grade(const CsvRecord& record,
                                                const GradedStudent& student) const {
    if (record.fields.size() <= column_.grade)
      return std::unexpected("it has fewer fields than the first line");
    const auto most = most_of(record);
    if (!most && column_.most_of_each)
      return std::unexpected("expected a number in the column of the maximum grade");
    if (!most && converts_)
      return std::unexpected(
          "the file does not say of how many points the assignment is; --convert cannot be used");
    // As a teacher's bonus may be, which Canvas takes; Moodle would pass over it without a word.
    if (column_.most_of_each && *student.points > student.of)
      return std::unexpected(fmt::format("{} of {} points are more than Moodle takes",
                                         student.points->to_string(), student.of.to_string()));
    if (!most || *most == student.of) return *student.points;
    if (converts_ && student.of > Points())
      return most->share(student.points->hundredths(), student.of.hundredths());
    return std::unexpected(fmt::format(
        "the assignment is of {} points on the platform, and of {} here; change one of them, or "
        "--convert grades",
        most->to_string(), student.of.to_string()));
  }

  void refuse(const CsvRecord& record, const std::string& message) {
    const auto known = std::ranges::find(refusals_, message, &Refusal::message);
    if (known == refusals_.end()) {
      refusals_.push_back({message, record.line});
    } else {
      ++known->lines;
    }
  }

  std::vector<std::string> describe_refusals() const {
    std::vector<std::string> described;
    for (const Refusal& refusal : refusals_) {
      const std::string more =
          refusal.lines > 1 ? fmt::format(", and {} more", refusal.lines - 1) : "";
      described.push_back(fmt::format("line {}{}: {}", refusal.first_line, more, refusal.message));
    }
    return described;
  }

  void fill_feedback(const CsvRecord& record, std::string_view feedback, const std::string& who) {
    if (!column_.feedback || record.fields.size() <= *column_.feedback) {
      refuse(record,
             "there is no column \"Feedback comments\" for feedback, which only Moodle's offline "
             "grading worksheet has");
      return;
    }
    const CsvField& field = record.fields[*column_.feedback];
    if (!cell_of(record, *column_.feedback).empty() && !field.value.starts_with(kOwnFeedback)) {
      filled_.notes.push_back(fmt::format("{} has feedback already, which stays", who));
      return;
    }
    changes_.push_back({&field, write_feedback(feedback)});
  }

  const Gradebook& book_;
  const GradeColumn& column_;
  bool converts_;
  std::vector<Change> changes_{};
  std::vector<Refusal> refusals_{};
  FilledGradebook filled_{};
};

}  // namespace

std::expected<FilledGradebook, std::vector<std::string>> fill_gradebook(
    const Gradebook& book, const GradeColumn& column, std::span<const GradebookMatch> matches,
    std::span<const GradedStudent> students, bool converts) {
  Filler filler(book, column, converts);
  for (const GradebookMatch& match : matches)
    filler.fill(book.table.records[match.record], students[match.student]);
  auto filled = filler.finish();
  if (filled && filled->grades > 0 && !column.most && !column.most_of_each)
    filled->notes.push_back(fmt::format(
        "the file does not say of how many points the assignment is on the platform; these are of "
        "{}",
        students[matches.front().student].of.to_string()));
  return filled;
}

}  // namespace chatspec
