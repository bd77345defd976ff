// regrade: whose mark is another one than in an earlier grading, and why.

#include <array>
#include <memory>

#include <CLI/CLI.hpp>

#include "harness/cli/console/named_files.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/grade/grade_commands.h"
#include "harness/cli/options/marks_file.h"
#include "harness/cli/options/validators.h"
#include "harness/grade/mark_changes_report.h"

namespace chatspec {
namespace {

struct RegradeCommand {
  std::vector<std::string> gradings{};  // the one before and the one now
  std::string csv{};                    // where it is to be written; empty where it is not wanted
  std::string json{};
};

// In place of the text where they take standard output.
std::expected<void, std::string> write_changes(const RegradeCommand& command,
                                               const MarkChanges& changes, Console& console) {
  if (command.csv != kStandardOutput && command.json != kStandardOutput)
    console.say(mark_changes_as_text(changes));
  if (!command.csv.empty()) {
    auto written = write_file_or_output(command.csv, mark_changes_as_csv(changes), console);
    if (!written) return written;
  }
  if (command.json.empty()) return {};
  return write_file_or_output(command.json, mark_changes_as_json(changes), console);
}

ExitCode tell_regrade(const RegradeCommand& command, Console& console) {
  const auto fail = [&](const std::string& message, ExitCode code) {
    console.complain(message);
    return code;
  };
  const std::array named{NamedFile{"--csv", command.csv}, NamedFile{"--json", command.json}};
  if (const auto once = check_named_once(named); !once) return fail(once.error(), ExitCode::kUsage);
  const auto before = read_marks(command.gradings.front());
  if (!before) return fail(before.error(), ExitCode::kUsage);
  const auto now = read_marks(command.gradings.back());
  if (!now) return fail(now.error(), ExitCode::kUsage);
  const MarkChanges changes = compare_marks(*before, *now);
  if (const auto written = write_changes(command, changes, console); !written)
    return fail(written.error(), ExitCode::kInternal);
  return changes.is_worse() ? ExitCode::kFailed : ExitCode::kGood;
}

}  // namespace

void add_regrade_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("regrade", "Tell whose mark changed between two gradings, and why");
  auto options = std::make_shared<RegradeCommand>();
  command
      ->add_option("--diff", options->gradings,
                   "The folders of both, OLD and NEW, that `chatspec grade --out` made; or of "
                   "either the file marks.jsonl")
      ->type_name("OLD NEW")
      ->expected(2)
      ->required();
  command
      ->add_option("--csv", options->csv,
                   "Write a table of it, too; to standard output (-) in place of the text")
      ->type_name("FILE")
      ->check(path_of_file());
  command->add_option("--json", options->json, "The same as JSON, with all causes")
      ->type_name("FILE")
      ->check(path_of_file());
  command->footer(
      "Example:\n"
      "  cp -r results before; chatspec grade assignment.txt submissions/ --out results --resume\n"
      "  chatspec regrade --diff before results\n\n"
      "Marks are made anew by `chatspec grade --resume`, which plays only what has changed. What\n"
      "fell comes first.\n"
      "Exit status: 0 nobody has less than before, 1 somebody has, or is not graded any more,\n"
      "3 it could not be written, 4 wrong command line or folder.");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return tell_regrade(*options, console); };
  });
}

}  // namespace chatspec
