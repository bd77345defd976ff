// merge: the logs of parts of a run as one log.

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/console.h"
#include "harness/cli/console/named_files.h"
#include "harness/cli/logs/logs_commands.h"
#include "harness/cli/options/log_files.h"
#include "harness/cli/options/validators.h"
#include "harness/report/log/merged_log.h"

namespace chatspec {
namespace {

struct MergeOptions {
  std::vector<std::string> paths{};
  std::string output{kStandardOutput};
};

std::expected<void, std::string> write_log(const std::string& path,
                                           const std::vector<Record>& records) {
  auto log = EventLog::create(path);
  if (!log) return std::unexpected(log.error());
  for (const Record& record : records) {
    if (auto written = log->append(record); !written)
      return std::unexpected(fmt::format("{}: {}", path, written.error()));
  }
  return {};
}

std::expected<std::vector<Record>, std::string> merge_files(const MergeOptions& options) {
  std::vector<NamedFile> named{{"--output", options.output}};
  for (const std::string& path : options.paths) {
    if (path != kStandardOutput) named.push_back({"LOG", path});
  }
  if (auto once = check_named_once(named); !once) return std::unexpected(once.error());
  const auto logs = read_log_files(options.paths);
  if (!logs) return std::unexpected(logs.error());
  std::vector<LogPart> parts;
  for (const LogFile& log : *logs) parts.push_back({log.path, log.runs});
  return merge_logs(parts);
}

ExitCode merge(const MergeOptions& options, Console& console) {
  const auto records = merge_files(options);
  if (!records) {
    console.complain(records.error());
    return ExitCode::kUsage;
  }
  if (!group_runs(*records).front().is_whole())
    console.warn("note: the run is not whole: a part is missing, or did not end\n");
  if (options.output == kStandardOutput) {
    for (const Record& record : *records) console.say(to_json_line(record) + "\n");
    return ExitCode::kGood;
  }
  const auto written = write_log(options.output, *records);
  if (!written) console.complain(written.error());
  return written ? ExitCode::kGood : ExitCode::kInternal;
}

}  // namespace

void add_merge_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "merge", "Make one log of those of a run's parts: of one suite, seed and implementation");
  auto options = std::make_shared<MergeOptions>();
  command
      ->add_option("LOG", options->paths,
                   "Logs, as `chatspec run --log` writes them; - is standard input")
      ->required();
  command->add_option("-o,--output", options->output, "Where to write it; - is standard output")
      ->type_name("FILE")
      ->capture_default_str()
      ->check(path_of_file());
  command->footer(
      "Examples:\n"
      "  chatspec merge part-1.jsonl part-2.jsonl -o run.jsonl");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return merge(*options, console); };
  });
}

}  // namespace chatspec
