// gradebook: the marks of a grading, in the file that a learning platform exported.

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "harness/cli/grade/grade_commands.h"
#include "harness/cli/options/validators.h"
#include "harness/grade/gradebook/gradebook_fill.h"
#include "harness/grade/workers/grading_folder.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxTableBytes = std::size_t{64} << 20;
constexpr std::size_t kMaxStudentTextBytes = std::size_t{1} << 20;

struct GradebookCommand {
  std::string folder;
  std::string gradebook;
  std::string column;
  std::string out;
  bool has_feedback = false;
  bool converts = false;
};

// What is made of a file's text, or what is wrong, with the file's name.
template <typename Value>
std::expected<Value, std::string> read_table(
    const std::string& path, std::expected<Value, std::string> (*parse)(std::string text)) {
  auto text = read_whole_file(path, kMaxTableBytes);
  if (!text) return std::unexpected(text.error());
  auto value = parse(*std::move(text));
  if (!value) return std::unexpected(fmt::format("{}: {}", path, value.error()));
  return value;
}

std::expected<void, std::string> add_feedback(const GradingFolder& results,
                                              std::vector<GradedStudent>& students) {
  for (GradedStudent& student : students) {
    if (!student.points) continue;
    auto text = read_whole_file(results.student_text(student.id).string(), kMaxStudentTextBytes);
    if (!text) return std::unexpected(text.error());
    student.feedback = *std::move(text);
  }
  return {};
}

void say_outcome(const GradebookCommand& command, const FilledGradebook& filled,
                 const GradebookMatches& matches, Console& console) {
  std::string text;
  for (const std::string& note : filled.notes)
    text += fmt::format("{}: {}\n", command.gradebook, note);
  if (!matches.missing.empty()) text += "without a line in the gradebook:\n";
  for (const std::string& who : matches.missing) text += fmt::format("  {}\n", who);
  text += fmt::format("{} written; every other cell is as it was\n",
                      chat::count_things(filled.grades, "grade"));
  command.out == "-" ? console.warn(text) : console.say(text);
}

ExitCode fill(const GradebookCommand& command, Console& console) {
  const auto fail = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  std::error_code failure;
  if (std::filesystem::equivalent(command.gradebook, command.out, failure))
    return fail(
        fmt::format("{}: --out is to be another file, so that the export is kept", command.out));
  const auto book = read_table(command.gradebook, parse_gradebook);
  if (!book) return fail(book.error());
  const GradingFolder results = GradingFolder::look_at(command.folder);
  auto students = read_table(results.scores().string(), parse_scores);
  if (!students) return fail(students.error());
  if (const auto added = command.has_feedback ? add_feedback(results, *students)
                                              : std::expected<void, std::string>();
      !added)
    return fail(added.error());
  const auto column = choose_grade_column(*book, command.column);
  if (!column) return fail(fmt::format("{}: {}", command.gradebook, column.error()));
  const GradebookMatches matches = match_students(*book, *students);
  for (const std::string& message : matches.ambiguous)
    console.complain(fmt::format("{}: {}", command.gradebook, message));
  if (!matches.ambiguous.empty()) return ExitCode::kUsage;  // all of them are told by now
  const auto filled = fill_gradebook(*book, *column, matches.found, *students, command.converts);
  if (!filled) {
    for (const std::string& message : filled.error())
      console.complain(fmt::format("{}: {}", command.gradebook, message));
    return ExitCode::kUsage;
  }
  if (const auto written = write_file_or_output(command.out, filled->text, console); !written) {
    console.complain(written.error());
    return ExitCode::kInternal;
  }
  say_outcome(command, *filled, matches, console);
  return matches.missing.empty() && filled->grades > 0 ? ExitCode::kGood : ExitCode::kNothing;
}

}  // namespace

void add_gradebook_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "gradebook",
      "Fill in a gradebook that Canvas or Moodle exported with the marks of a grading");
  auto options = std::make_shared<GradebookCommand>();
  command
      ->add_option("DIR", options->folder,
                   "The folder of results of `chatspec grade`, of which scores.csv is read: as it "
                   "was written, or as you changed it")
      ->required();
  command
      ->add_option("--template", options->gradebook,
                   "The gradebook as it was exported: of Canvas, of Moodle, or Moodle's offline "
                   "grading worksheet")
      ->type_name("FILE")
      ->required()
      ->check(path_of_file());
  command
      ->add_option("--out", options->out,
                   "Where the filled-in gradebook goes (- is standard output)")
      ->type_name("FILE")
      ->required()
      ->check(path_of_file());
  command
      ->add_option("--column", options->column,
                   "The assignment, by the heading of its column or its name alone; needed where "
                   "there are several")
      ->type_name("NAME");
  command->add_flag("--feedback", options->has_feedback,
                    "Write what each student is told beside the grade, too, where nobody has "
                    "written there (Moodle's offline grading worksheet)");
  command->add_flag("--convert", options->converts,
                    "Where the platform has other points for the assignment, write the same share "
                    "of them");
  command->footer(
      "Examples:\n"
      "  chatspec gradebook results --template export.csv --column 'Exercise 3' --out filled.csv\n"
      "  chatspec gradebook results --template worksheet.csv --feedback --out filled.csv");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return fill(*options, console); };
  });
}

}  // namespace chatspec
