#include "harness/cli/run/run_again.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/options/log_files.h"
#include "harness/report/reproduction/reproduction_command.h"
#include "harness/report/text/shell_words.h"
#include "reference/role.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using Settings = std::vector<ConfiguredSetting>;

bool is_started_alike(const RunRecord& one, const RunRecord& other) {
  return one.argv == other.argv && one.address == other.address && one.role == other.role &&
         one.profile == other.profile && one.folder == other.folder;
}

// Words for Command::parse().
std::optional<std::string> write_command_line(const RunRecord& run) {
  std::vector<std::string> words;
  for (const LoggedBytes& word : run.argv) {
    if (!word.is_whole()) return {};
    words.push_back(word.begin);
  }
  return quote_words(words);
}

std::expected<void, std::string> add_program(const RunOfLog& run, const CLI::App& command,
                                             Settings& settings) {
  const RunRecord& record = *run.run;
  if (!record.address.empty()) {
    if (record.keys && command.count("--keys") == 0)
      return std::unexpected("its server has keys of its own: name their file with --keys");
    settings.push_back({.name = "connect", .value = join_address(record.address)});
    return {};
  }
  const auto words = write_command_line(record);
  if (!words || words->empty())
    return std::unexpected("it does not hold the whole command line of the program");
  settings.push_back({.name = chat::to_string(record.role), .value = *words});
  if (!record.folder.empty()) settings.push_back({.name = "folder", .value = record.folder});
  if (!run.builds.empty())
    settings.push_back({.name = "build", .value = run.builds.front()->command});
  if (is_tier_of_choice(record.isolation))
    settings.push_back({.name = "isolation", .value = record.isolation});
  return {};
}

std::expected<Settings, std::string> make_settings(const RunOfLog& run, const CLI::App& command) {
  const RunRecord& record = *run.run;
  Settings settings;
  if (!is_builtin(record.profile) && command.count("--profile") == 0) {
    return std::unexpected(
        fmt::format("its profile {} is not one of chatspec's own: name its file with --profile",
                    chat::quote(record.profile.name)));
  }
  if (const auto added = add_program(run, command, settings); !added)
    return std::unexpected(added.error());
  if (is_builtin(record.profile))
    settings.push_back({.name = "profile", .value = record.profile.name});
  settings.push_back({.name = "name", .value = record.name});
  settings.push_back({.name = "delivery", .value = record.delivery});
  settings.push_back({.name = "seed", .value = std::to_string(record.seed)});
  return settings;
}

}  // namespace

std::expected<EarlierRun, std::string> read_earlier_run(const std::string& log,
                                                        const CLI::App& run) {
  const auto file = read_log_file(log);
  if (!file) return std::unexpected(file.error());
  const std::vector<RunOfLog>& runs = file->runs;
  const auto lacks_begin = [](const RunOfLog& one) { return !one.run; };
  if (runs.empty() || std::ranges::any_of(runs, lacks_begin))
    return std::unexpected(fmt::format("{}: the beginning of its run is missing", log));
  const bool are_alike = std::ranges::all_of(
      runs, [&](const RunOfLog& one) { return is_started_alike(*one.run, *runs.front().run); });
  if (!are_alike) {
    return std::unexpected(fmt::format(
        "{} holds several runs that were not started alike: name a log of one of them", log));
  }
  auto settings = make_settings(runs.front(), run);
  if (!settings) return std::unexpected(fmt::format("{}: {}", log, settings.error()));
  EarlierRun earlier{.settings = *std::move(settings)};
  for (const RunOfLog& one : runs) earlier.selections.push_back(one.run->selection);
  return earlier;
}

std::expected<void, std::string> select_again(const EarlierRun& earlier, CLI::App& run) {
  for (const char* option : {"SCENARIO", "--tag", "--requirement", "--level", "--only-failed"})
    if (run.count(option) > 0) return {};
  const SelectionRecord& selection = earlier.selections.front();
  if (std::ranges::count(earlier.selections, selection) != std::ssize(earlier.selections))
    return std::unexpected("its runs did not select the same: name what is to be played");
  if (std::ranges::count(selection.names, "-") > 0)
    return std::unexpected("a scenario came from standard input: name what is to be played");
  const std::array selected{
      std::pair{"SCENARIO", &selection.names}, std::pair{"--tag", &selection.tags},
      std::pair{"--requirement", &selection.requirements}, std::pair{"--level", &selection.levels},
      std::pair{"--exclude", &selection.excluded}};
  for (const auto& [name, words] : selected) {
    if (words->empty()) continue;
    CLI::Option* option = run.get_option(name);
    try {
      for (const std::string& word : *words) option->add_result(word);
      option->run_callback();
    } catch (const CLI::ParseError& error) {
      return std::unexpected(fmt::format("what it selected is not understood: {}", error.what()));
    }
  }
  return {};
}

}  // namespace chatspec
