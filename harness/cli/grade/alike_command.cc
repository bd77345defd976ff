// alike: which submissions of a grading behave alike beyond chance.

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/named_files.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/grade/grade_commands.h"
#include "harness/cli/options/log_files.h"
#include "harness/cli/options/validators.h"
#include "harness/grade/alike/alike_report.h"
#include "harness/grade/workers/grading_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

struct AlikeCommand {
  std::string folder{};
  std::string csv{};  // where it is to be written; empty where it is not wanted
  std::optional<double> bits{};
};

// By the ids of submissions, in order; and the logs of each in order.
std::map<std::string, std::vector<std::string>> find_logs(const fs::path& folder) {
  std::map<std::string, std::vector<std::string>> logs;
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().extension() != ".jsonl") continue;
    const std::string name = entry.path().stem().string();
    logs[std::string(submission_of_log(name))].push_back(entry.path().string());
  }
  for (auto& [id, paths] : logs) std::ranges::sort(paths);
  return logs;
}

std::expected<Fingerprint, std::string> read_fingerprint(const std::string& id,
                                                         const std::vector<std::string>& paths) {
  const auto logs = read_log_files(paths);
  if (!logs) return std::unexpected(logs.error());
  std::vector<RunOfLog> runs;
  for (const LogFile& log : *logs) runs.insert(runs.end(), log.runs.begin(), log.runs.end());
  const auto settled = settle_runs(runs);
  if (!settled) return std::unexpected(fmt::format("{}: {}", id, settled.error()));
  return take_fingerprint(id, *settled);
}

ExitCode find_alike(const AlikeCommand& command, Console& console) {
  const auto logs = find_logs(fs::path(command.folder) / GradingFolder::kLogs);
  if (logs.empty()) {
    console.complain(fmt::format(
        "{}: expected a folder that `chatspec grade --out` made, with logs in it", command.folder));
    return ExitCode::kUsage;
  }
  std::vector<Fingerprint> all;
  bool are_all_read = true;
  for (const auto& [id, paths] : logs) {
    auto fingerprint = read_fingerprint(id, paths);
    if (fingerprint) {
      all.push_back(*std::move(fingerprint));
    } else {
      are_all_read = false;
      console.complain(fingerprint.error() + "; it is compared with nobody");
    }
  }
  const AlikeSearch search(all);
  const auto pairs = search.find_pairs(command.bits.value_or(search.bits_beyond_chance()));
  if (command.csv != kStandardOutput) console.say(alike_as_text(search, all, pairs));
  if (!command.csv.empty()) {
    const auto written =
        write_file_or_output(command.csv, alike_as_csv(search, all, pairs), console);
    if (!written) {
      console.complain(written.error());
      return ExitCode::kInternal;
    }
  }
  return are_all_read ? ExitCode::kGood : ExitCode::kUsage;
}

}  // namespace

void add_alike_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "alike", "Name submissions of a grading that behave alike beyond chance: a hint, no proof");
  auto options = std::make_shared<AlikeCommand>();
  command
      ->add_option("DIR", options->folder,
                   "The folder that `chatspec grade --out` made; its logs are compared, and "
                   "nothing is played")
      ->required();
  command
      ->add_option("--csv", options->csv,
                   "Write a table of it, too; to standard output (-) in place of the text")
      ->type_name("FILE")
      ->check(path_of_file());
  command
      ->add_option("--bits", options->bits,
                   "Name pairs with at least NUMBER bits; if not given, with so many that at most "
                   "one class in twenty has such a pair by chance")
      ->type_name("NUMBER")
      ->check(CLI::Range(-1e6, 1e6));
  command->footer(
      "Example: chatspec alike results --csv alike.csv\n\n"
      "What programs do is compared and not their text: which mistakes they make, in which cases\n"
      "these show, what they send and write besides. What few do counts much, what many do "
      "little.\n"
      "It is no proof: common teaching makes common mistakes. Look at the sources.\n"
      "Exit status: 0 all were compared, whether some are alike or none, 3 it could not be "
      "written,\n"
      "4 wrong command line or folder, or a log that cannot be read.");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return find_alike(*options, console); };
  });
}

}  // namespace chatspec
