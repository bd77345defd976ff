// diff: what two logs tell differently of the same cases.

#include <algorithm>
#include <array>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/console.h"
#include "harness/cli/console/named_files.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/logs/logs_commands.h"
#include "harness/cli/options/log_files.h"
#include "harness/cli/options/validators.h"
#include "harness/report/formats/difference.h"
#include "harness/report/formats/difference_report.h"

namespace chatspec {
namespace {

struct DiffOptions {
  std::string before{};
  std::string after{};
  std::string markdown{};  // where it is to be written; empty where it is not wanted
  std::string json{};
};

std::expected<void, std::string> write_reports(const DiffOptions& options,
                                               const Difference& difference, Console& console) {
  const bool output_is_taken =
      options.markdown == kStandardOutput || options.json == kStandardOutput;
  if (!output_is_taken) console.say(difference_as_text(difference));
  if (!options.markdown.empty()) {
    auto written =
        write_file_or_output(options.markdown, difference_as_markdown(difference), console);
    if (!written) return written;
  }
  return options.json.empty()
             ? std::expected<void, std::string>()
             : write_file_or_output(options.json, difference_as_json(difference), console);
}

ExitCode judge_difference(const Difference& difference, const LogFile& after) {
  if (difference.is_worse()) return ExitCode::kFailed;
  const bool is_whole =
      !after.content.cut_off && std::ranges::all_of(after.runs, &RunOfLog::is_whole);
  return is_whole ? ExitCode::kGood : ExitCode::kInterrupted;
}

ExitCode diff(const DiffOptions& options, Console& console) {
  const auto fail = [&](const std::string& message) {
    console.complain(message);
    return ExitCode::kUsage;
  };
  const std::array named{NamedFile{"--markdown", options.markdown},
                         NamedFile{"--json", options.json}};
  if (const auto once = check_named_once(named); !once) return fail(once.error());
  const auto logs = read_log_files(std::array{options.before, options.after});
  if (!logs) return fail(logs.error());
  const Difference difference =
      compare_results(make_results(logs->front().runs), make_results(logs->back().runs));
  const auto written = write_reports(options, difference, console);
  if (written) return judge_difference(difference, logs->back());
  console.complain(written.error());
  return ExitCode::kInternal;
}

}  // namespace

void add_diff_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "diff", "Tell what began to fail, what was mended and what else differs between two logs");
  auto options = std::make_shared<DiffOptions>();
  command->add_option("OLD", options->before, "The log of before; - is standard input")->required();
  command->add_option("NEW", options->after, "The log of now")->required();
  command
      ->add_option("--markdown", options->markdown,
                   "Write it in Markdown, too; to standard output (-) in place of the text")
      ->type_name("FILE")
      ->check(path_of_file());
  command->add_option("--json", options->json, "The same as JSON")
      ->type_name("FILE")
      ->check(path_of_file());
  command->footer(
      "Examples:\n"
      "  chatspec diff main.jsonl branch.jsonl\n"
      "  chatspec diff main.jsonl branch.jsonl --markdown diff.md\n"
      "\n"
      "Exit status: 0 nothing got worse, 1 something did, 2 nothing did so far, but the newer log "
      "is not whole,\n3 what was asked for could not be written, 4 wrong command line or log.");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return diff(*options, console); };
  });
}

}  // namespace chatspec
