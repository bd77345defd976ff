// lint and fmt: scenarios treated like source code.

#include <algorithm>
#include <cstdio>
#include <expected>
#include <filesystem>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/named_files.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/profile_choice.h"
#include "harness/cli/options/suite_location.h"
#include "harness/cli/options/validators.h"
#include "harness/cli/suite/line_diff.h"
#include "harness/cli/suite/lint_json.h"
#include "harness/cli/suite/lint_sarif.h"
#include "harness/cli/suite/suite_commands.h"
#include "harness/report/text/clean_text.h"
#include "harness/scenario/parser.h"
#include "harness/scenario/printer.h"
#include "harness/suite/case.h"
#include "harness/suite/source_file.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// Names the cases that mean something else in the profile, or are not meant for it, and so are not
// played in it.
std::string tell_left_out(const std::vector<Case>& cases, const chat::Profile& profile) {
  std::string text;
  std::size_t left_out = 0;
  for (const Case& one : cases) {
    if (one.applies_to(profile)) continue;
    ++left_out;
    text +=
        fmt::format("{} is not played in the profile {}\n", without_controls(one.id), profile.name);
  }
  return text + fmt::format("{} of {} played in the profile {}\n", cases.size() - left_out,
                            chat::count_things(cases.size(), "case"), profile.name);
}

struct LintOptions {
  std::vector<std::string> words{};
  bool strict = false;
  std::string profile{};
  bool json = false;
  std::string sarif{};  // where it is to be written; empty where it is not wanted
};

// False where it cannot be written, which is told.
bool write_sarif(const std::string& path, const Suite& suite, Console& console) {
  const auto written = write_file_or_output(path, lint_as_sarif(suite), console);
  if (!written) console.complain(written.error());
  return written.has_value();
}

ExitCode lint(const LintOptions& options, Console& console) {
  const auto profile = find_or_read_profile(options.profile.empty() ? "line" : options.profile);
  if (!profile) {
    console.complain(profile.error());
    return ExitCode::kUsage;
  }
  const auto suite = read_paths(options.words, console);
  if (!suite) return ExitCode::kUsage;
  if (!options.sarif.empty() && !write_sarif(options.sarif, *suite, console))
    return ExitCode::kUsage;
  if (options.json) console.say(lint_as_json(*suite));
  if (!suite->problems.empty()) return ExitCode::kUsage;
  const std::vector<Case> cases = list_cases(*suite);
  std::string text = options.profile.empty() ? "" : tell_left_out(cases, *profile);
  text += fmt::format(
      "{}, {}: no mistakes{}\n", chat::count_things(suite->files.size(), "scenario"),
      chat::count_things(cases.size(), "case"), suite->warnings.empty() ? "" : ", but warnings");
  options.json || options.sarif == kStandardOutput ? console.warn(text) : console.say(text);
  return options.strict && !suite->warnings.empty() ? ExitCode::kUsage : ExitCode::kGood;
}

struct FormatMode {
  bool check = false;  // write nothing
  bool diff = false;   // show what would change
};

// What is said of a file that is not in canonical form and stays as it is.
std::string tell_change(const std::string& name, std::string_view source,
                        std::string_view formatted, const FormatMode& mode) {
  const std::string shown = without_controls(name);
  return mode.diff ? without_controls(unified_diff(shown, source, formatted))
                   : fmt::format("{}: is not in canonical form\n", shown);
}

std::string canonical(std::string_view source, std::string_view name, std::string& problems,
                      Console& console) {
  const Parsed parsed = parse_scenario(source);
  problems = parsed.diagnostics.render(name, source);
  console.warn(parsed.diagnostics.render(name, source, Severity::kWarning));
  return problems.empty() ? print(parsed.scenario) : std::string(source);
}

// What is read once is not written back but to standard output.
ExitCode format_stream(const fs::path& path, const FormatMode& mode, Console& console) {
  const std::string name = path == kStandardInput ? "standard input" : path.string();
  const auto source = read_source(path);
  if (!source) {
    console.complain(fmt::format("{}: cannot read it: {}", without_controls(name), source.error()));
    return ExitCode::kUsage;
  }
  std::string problems;
  const std::string formatted = canonical(*source, name, problems, console);
  console.warn(problems);
  if (!problems.empty()) return ExitCode::kUsage;
  if (!mode.check) console.say(formatted);
  if (!mode.check || formatted == *source) return ExitCode::kGood;
  console.say(tell_change(name, *source, formatted, mode));
  return ExitCode::kFailed;
}

// Writes beside the file first, so that a full disk cannot lose it. A link to a file stays one.
std::expected<void, std::string> replace_file(const fs::path& path, const std::string& content) {
  std::error_code failure;
  const fs::path target = fs::canonical(path, failure);
  const fs::path fresh = target.string() + ".new";
  if (fs::exists(fs::symlink_status(fresh, failure)))
    return std::unexpected(fmt::format("{}: cannot write it: it exists", fresh.string()));
  auto written = write_whole_file(fresh.string(), content);
  if (written) {
    fs::permissions(fresh, fs::status(target, failure).permissions(), failure);
    if (!failure) fs::rename(fresh, target, failure);
    if (!failure) return {};
    written =
        std::unexpected(fmt::format("{}: cannot replace it: {}", path.string(), failure.message()));
  }
  fs::remove(fresh, failure);
  return written;
}

ExitCode format_files(const std::vector<std::string>& words, const FormatMode& mode,
                      Console& console) {
  const auto suite = load_paths(words, console);
  if (!suite) return ExitCode::kUsage;
  ExitCode code = ExitCode::kGood;
  for (const ScenarioFile& file : suite->files) {
    const std::string formatted = print(file.scenario);
    if (formatted == file.source) continue;
    if (mode.check) {
      console.say(tell_change(file.path.string(), file.source, formatted, mode));
      code = ExitCode::kFailed;
      continue;
    }
    console.say(fmt::format("{}\n", file.path.string()));
    const auto replaced = replace_file(file.path, formatted);
    if (replaced) continue;
    console.complain(replaced.error());
    return ExitCode::kInternal;
  }
  return code;
}

ExitCode format(const std::vector<std::string>& words, const FormatMode& mode, Console& console) {
  const auto stream = std::ranges::find_if(words, [](const std::string& word) {
    return word == "-" || word == kStandardInput || is_stream(word);
  });
  if (stream == words.end()) return format_files(words, mode, console);
  if (words.size() == 1)
    return format_stream(*stream == "-" ? kStandardInput : *stream, mode, console);
  console.complain(fmt::format("{}: name it alone: what is no file is formatted to standard output",
                               without_controls(*stream)));
  return ExitCode::kUsage;
}

}  // namespace

void add_lint_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("lint", "Check scenario files");
  auto options = std::make_shared<LintOptions>();
  command->add_option(
      "PATH", options->words,
      "Files or folders, or - for standard input; the whole suite if none is given");
  command->add_flag("--strict", options->strict, "Take warnings for mistakes");
  command
      ->add_option("--profile", options->profile,
                   "Check this profile's file, too, and name what is not played in it")
      ->type_name("PROFILE");
  command
      ->add_option("--sarif", options->sarif,
                   "Write what is wrong as SARIF 2.1.0, too, for code scanning and editors; - is "
                   "standard output")
      ->type_name("FILE")
      ->check(path_of_file());
  command->add_flag("--json", options->json,
                    "Write what is wrong as JSON, too: an object in a line for each mistake, on "
                    "standard output");
  command->footer(
      "Examples:\n"
      "  chatspec lint mine/\n"
      "  chatspec lint --strict --sarif lint.sarif mine/pieces.chat");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return lint(*options, console); };
  });
}

void add_fmt_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("fmt", "Write scenario files in their canonical form");
  auto words = std::make_shared<std::vector<std::string>>();
  auto mode = std::make_shared<FormatMode>();
  command->add_option("PATH", *words, "Files or folders; - or a pipe goes to standard output")
      ->required();
  auto* check =
      command->add_flag("--check", mode->check, "Write nothing; fail if anything would change");
  command->add_flag("--diff", mode->diff, "With --check: show what would change")->needs(check);
  command->footer(
      "Examples:\n"
      "  chatspec fmt mine/\n"
      "  chatspec fmt --check --diff mine/pieces.chat");
  command->callback([&chosen, words, mode] {
    chosen = [words, mode](Console& console) { return format(*words, *mode, console); };
  });
}

}  // namespace chatspec
