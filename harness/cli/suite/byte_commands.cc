// import-bytes and export-bytes: between fuzzers' files and scenarios.

#include <filesystem>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/console.h"
#include "harness/cli/console/made_folder.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/profile_choice.h"
#include "harness/cli/options/suite_location.h"
#include "harness/cli/options/validators.h"
#include "harness/cli/suite/suite_commands.h"
#include "harness/scenario/item_parser.h"
#include "harness/scenario/parser.h"
#include "harness/scenario/printer.h"
#include "harness/script/byte_stream.h"
#include "harness/suite/case.h"
#include "harness/suite/selection.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

struct ImportCommand {
  std::string file;
  bool whole = false;
  std::size_t split = 0;
};

ExitCode import_file(const ImportCommand& command, Console& console) {
  const auto bytes = read_file_or_input(command.file, kMaxSourceBytes);
  if (!bytes) {
    console.complain(bytes.error());
    return ExitCode::kUsage;
  }
  const std::string scenario =
      print(import_bytes(*bytes, {.name = fs::path(command.file).filename().string(),
                                  .whole = command.whole || command.split > 0,
                                  .split = command.split}));
  if (scenario.size() > kMaxSourceBytes) {
    console.complain(
        fmt::format("{}: {} bytes are too many: their scenario would be longer than {} bytes",
                    command.file, bytes->size(), kMaxSourceBytes));
    return ExitCode::kUsage;
  }
  console.say(scenario);
  return ExitCode::kGood;
}

struct ExportCommand {
  std::string folder;
  std::vector<std::string> words;
  std::string role = "server";
  std::string profile = "line";
  std::size_t max_bytes = std::size_t{64} << 10;
};

// `data/dot[first]` -> `data-dot-first`: a name for a file.
std::string file_name(std::string id, std::size_t connection) {
  for (char& c : id) {
    if (c == '/' || c == '[') c = '-';
  }
  std::erase(id, ']');
  return connection == 0 ? id : fmt::format("{}-{}", id, connection + 1);
}

ExitCode export_suite(const ExportCommand& command, Console& console) {
  const auto wanted = load_wanted(command.words, "", console);
  if (!wanted) return ExitCode::kUsage;
  const std::vector<Case> cases = list_cases(wanted->suite);
  const Selection selection{.names = wanted->names};
  const std::vector<std::string> unmatched = find_unmatched(cases, selection);
  for (const std::string& problem : unmatched) console.complain(problem);
  if (!unmatched.empty()) return ExitCode::kNothing;
  const auto found = find_or_read_profile(command.profile);
  if (!found) {
    console.complain(found.error());
    return ExitCode::kUsage;
  }
  const chat::Profile& profile = *found;
  if (const auto made = make_folder(command.folder); !made) {
    console.complain(made.error().message);
    return made.error().code;
  }
  const Role role = *chat::parse_role(command.role);
  std::set<std::string> names;
  std::size_t large = 0;
  for (const Case& one : cases) {
    if (!one.has_role(role) || !one.applies_to(profile) || !is_selected(one, selection)) continue;
    const Script script = make_script(one.scenario, one.id, {.role = role, .profile = profile});
    const auto streams = export_bytes(script);
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (streams[i].size() > command.max_bytes) {
        ++large;
        continue;
      }
      std::string name = file_name(one.id, i);
      while (!names.insert(name).second) name += '_';  // `a/b-c` and `a-b/c`
      const fs::path path = fs::path(command.folder) / name;
      if (const auto done = write_whole_file(path.string(), streams[i]); !done) {
        console.complain(done.error());
        return ExitCode::kInternal;
      }
    }
  }
  console.say(fmt::format("{} files in {}; {} left out that are larger than {} bytes\n",
                          names.size(), command.folder, large, command.max_bytes));
  return names.empty() ? ExitCode::kNothing : ExitCode::kGood;
}

}  // namespace

void add_import_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "import-bytes", "Make a scenario of a client's bytes: a fuzzer's finding or corpus file");
  auto options = std::make_shared<ImportCommand>();
  command->add_option("FILE", options->file, "The bytes, or - for standard input")->required();
  auto* whole =
      command->add_flag("--whole", options->whole, "Send them all at once, not in lock-step");
  command->add_option("--split", options->split, "Send them all, in segments of N bytes")
      ->type_name("NUMBER")
      ->check(whole_number(1, kMaxNumber))
      ->excludes(whole);
  command->footer(
      "Examples:\n"
      "  chatspec import-bytes crash-1 >mine/crash-1.chat\n"
      "  chatspec import-bytes --split 7 crash-1");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return import_file(*options, console); };
  });
}

void add_export_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "export-bytes", "Write what scenarios send, a file each: seeds for fuzzers");
  auto options = std::make_shared<ExportCommand>();
  command->add_option("FOLDER", options->folder, "Where the files go")->required();
  command->add_option(
      "SCENARIO", options->words,
      "Scenarios or chapters of the suite, or paths; the whole suite if none is given");
  command->add_option("--role", options->role, "Whose tests: a server's receive a client's bytes")
      ->capture_default_str()
      ->check(CLI::IsMember({"server", "client"}));
  command
      ->add_option("--profile", options->profile,
                   "line, crlf, bare, or the file of a profile of your own")
      ->type_name("PROFILE")
      ->capture_default_str();
  command->add_option("--max-bytes", options->max_bytes, "Leave out what is larger")
      ->type_name("NUMBER")
      ->capture_default_str()
      ->check(whole_number());
  command->footer(
      "Examples:\n"
      "  chatspec export-bytes corpus\n"
      "  chatspec export-bytes --max-bytes 4096 corpus handshake signature");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return export_suite(*options, console); };
  });
}

}  // namespace chatspec
