// reproduce: a case of a log as files with which it is seen without chatspec.

#include <filesystem>
#include <memory>
#include <optional>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/console.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/log_files.h"
#include "harness/cli/options/validators.h"
#include "harness/cli/run/run_commands.h"
#include "harness/report/log/event_log.h"
#include "harness/report/log/run_of_log.h"
#include "harness/report/reproduction/reproduction_files.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

struct ReproduceOptions {
  std::string log;
  std::string id;
  std::string folder;
};

struct LoggedCase {
  const RunOfLog* run = nullptr;
  const CaseRecord* record = nullptr;
};

// The last case of that id: who runs again wants to see what came of it.
LoggedCase find_case(const std::vector<RunOfLog>& runs, std::string_view id) {
  LoggedCase found;
  for (const RunOfLog& run : runs) {
    for (const CaseRecord* record : run.cases) {
      if (record->id == id) found = {&run, record};
    }
  }
  return found;
}

std::string describe_unknown(const std::vector<RunOfLog>& runs, const ReproduceOptions& options) {
  std::vector<std::string_view> ids;
  for (const RunOfLog& run : runs) {
    for (const CaseRecord* record : run.cases) ids.emplace_back(record->id);
  }
  return fmt::format("{}: there is no case {} in it{}", options.log, chat::quote(options.id),
                     chat::did_you_mean(options.id, ids));
}

// An empty path for one that cannot be taken, and why.
std::optional<std::string> find_obstacle(const fs::path& folder) {
  std::error_code failure;
  const fs::file_status status = fs::status(folder, failure);
  if (!fs::exists(status)) return {};
  if (!fs::is_directory(status)) return "it is there already, and no folder";
  if (!fs::is_empty(folder, failure) || failure) return "it is there already, and not empty";
  return {};
}

// The folder appears with all of its files, or not at all. Gives why not.
std::optional<std::string> write_folder(const fs::path& folder,
                                        const std::vector<ReproductionFile>& files) {
  const fs::path unfinished = folder.string() + fmt::format(".unfinished-{}", getpid());
  std::error_code failure;
  if (!fs::create_directory(unfinished, failure))
    return failure ? failure.message() : fmt::format("{} is in the way", unfinished.string());
  std::optional<std::string> trouble;
  for (const ReproductionFile& file : files) {
    const auto written = write_whole_file((unfinished / file.name).string(), file.content);
    if (!written) trouble = written.error();
    if (trouble) break;
  }
  if (!trouble) {
    fs::rename(unfinished, folder, failure);
    if (!failure) return {};
    trouble = failure.message();
  }
  fs::remove_all(unfinished, failure);
  return trouble;
}

ExitCode reproduce(const ReproduceOptions& options, Console& console) {
  const auto fail = [&](const std::string& message, ExitCode code = ExitCode::kUsage) {
    console.complain(message);
    return code;
  };
  const auto log = read_log_file(options.log);
  if (!log) return fail(log.error());
  const auto [run, record] = find_case(log->runs, options.id);
  if (!record) return fail(describe_unknown(log->runs, options));
  if (!run->run) return fail(fmt::format("{}: the run of this case has no beginning", options.log));
  const BuildRecord* build = run->builds.empty() ? nullptr : run->builds.back();
  const auto files = make_reproduction_files(*run->run, *record, build);
  if (!files) return fail(fmt::format("{}: {}", options.id, files.error()));
  fs::path folder = fs::path(options.folder).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();  // `DIR/`
  const auto explain = [&](const std::string& trouble) {
    return fmt::format("--out {}: cannot write there: {}", options.folder, trouble);
  };
  if (const auto obstacle = find_obstacle(folder)) return fail(explain(*obstacle));
  if (const auto trouble = write_folder(folder, *files))
    return fail(explain(*trouble), ExitCode::kInternal);
  console.say(fmt::format("{}:\n", options.folder));
  for (const ReproductionFile& file : *files) console.say(fmt::format("  {}\n", file.name));
  console.say("README.txt says what to do with them.\n");
  return ExitCode::kGood;
}

}  // namespace

void add_reproduce_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "reproduce",
      "Write a case of a log as files that show it without chatspec: a script in Python, packets "
      "for Wireshark, and what the program was given");
  auto options = std::make_shared<ReproduceOptions>();
  command
      ->add_option("LOG", options->log,
                   "A log, as `chatspec run --log` writes it; - is standard input. Of cases that "
                   "pass it has what happened where the run had --log-events all")
      ->required();
  command
      ->add_option("CASE", options->id,
                   "The case's id, as reports have it; of several in the log, the last is taken")
      ->required();
  command->add_option("--out", options->folder, "A folder that is not there, or empty")
      ->type_name("DIR")
      ->check(path_of_folder())
      ->required();
  command->footer(
      "Examples:\n"
      "  chatspec reproduce run.jsonl handshake/hello --out hello");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return reproduce(*options, console); };
  });
}

}  // namespace chatspec
