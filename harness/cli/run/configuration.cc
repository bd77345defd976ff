#include "harness/cli/run/configuration.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/run/run_arguments.h"
#include "harness/play/command.h"
#include "harness/report/text/shell_words.h"
#include "reference/profile.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"
#include "reference/text/setting_text.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

enum class ValueKind { kText, kPath, kProfile, kCommand, kYesOrNo, kWords };

struct SettingKind {
  std::string_view name;    // as it is written, and, but for a few, as the option is called
  std::string_view option;  // with its dashes; the name of one that has none
  ValueKind kind = ValueKind::kText;
  bool may_be_repeated = false;
};

constexpr std::array kSettingKinds{
    SettingKind{"server", "--server", ValueKind::kCommand},
    SettingKind{"client", "--client", ValueKind::kCommand},
    SettingKind{"connect", "--connect"},
    SettingKind{"keys", "--keys", ValueKind::kPath},
    SettingKind{"folder", "--folder", ValueKind::kPath},
    SettingKind{"build", "--build"},
    SettingKind{"build-deadline", "--build-deadline"},
    SettingKind{"name", "--name"},
    SettingKind{"profile", "--profile", ValueKind::kProfile},
    SettingKind{"scenarios", "SCENARIO", ValueKind::kWords, true},
    SettingKind{"suite", "--suite", ValueKind::kPath},
    SettingKind{"tag", "--tag", ValueKind::kWords, true},
    SettingKind{"requirement", "--requirement", ValueKind::kWords, true},
    SettingKind{"level", "--level", ValueKind::kWords, true},
    SettingKind{"exclude", "--exclude", ValueKind::kWords, true},
    SettingKind{"known", "--known", ValueKind::kPath, true},
    SettingKind{"known-flaky", "--known-flaky", ValueKind::kPath, true},
    SettingKind{"play-on", "--play-on", ValueKind::kYesOrNo},
    SettingKind{"retries", "--retries"},
    SettingKind{"time-limit", "--time-limit"},
    SettingKind{"jobs", "--jobs"},
    SettingKind{"isolation", "--isolation"},
    SettingKind{"readable", "--readable", ValueKind::kPath, true},
    SettingKind{"memory", "--memory"},
    SettingKind{"delivery", "--delivery"},
    SettingKind{"seed", "--seed"},
    SettingKind{"deadline", "--deadline"},
    SettingKind{"silence", "--silence"},
};

// Those that say what is tested, of which the command line may have said something else.
struct ProgramSetting {
  std::string_view name;
  std::string_view role;
};
constexpr std::array kPrograms{
    ProgramSetting{"server", "server"}, ProgramSetting{"connect", "server"},
    ProgramSetting{"keys", "server"}, ProgramSetting{"client", "client"}};

const SettingKind& kind_of(std::string_view name) {
  return *std::ranges::find(kSettingKinds, name, &SettingKind::name);
}

std::vector<std::string_view> known_settings() {
  std::vector<std::string_view> names;
  for (const SettingKind& kind : kSettingKinds) names.push_back(kind.name);
  return names;
}

// Puts settings into options, with all mistakes.
class Applier {
 public:
  Applier(SettingsFile file, CLI::App& run) : file_(std::move(file)), run_(run) {
    for (CLI::Option* option : run.get_options()) {
      if (option->count() > 0) typed_.insert(option);
    }
  }

  void apply(const ConfiguredSetting& setting, bool has_folder) {
    const SettingKind& kind = kind_of(setting.name);
    CLI::Option* option = run_.get_option_no_throw(std::string(kind.option));
    if (!option) return;  // of a command that has no use for it
    if (typed_.contains(option) || stands_against_typed(*option)) return;
    try {
      for (std::string& value : make_values(kind, setting.value, has_folder))
        option->add_result(std::move(value));
      option->run_callback();
      lines_.emplace(option, setting.line);
    } catch (const CLI::ParseError& error) {
      add_error(setting.line, fmt::format("{}: {}", setting.name, error.what()));
    } catch (const std::invalid_argument& error) {
      add_error(setting.line, fmt::format("{}: {}", setting.name, error.what()));
    }
  }

  // What CLI11 looks for where options are typed.
  void check_together() {
    for (const auto& [option, line] : lines_) {
      for (const CLI::Option* needed : option->get_needs()) {
        if (needed->count() == 0)
          add_error(line, fmt::format("{} needs {}", name_of(*option), name_of(*needed)));
      }
      for (const CLI::Option* excluded : option->get_excludes()) {
        if (excluded->count() > 0)
          add_error(line,
                    fmt::format("{} cannot stand beside {}", name_of(*option), name_of(*excluded)));
      }
    }
  }

  std::expected<void, std::vector<chat::FileError>> finish() {
    if (errors_.empty()) return {};
    std::ranges::stable_sort(errors_, {}, &chat::FileError::line);
    return std::unexpected(std::move(errors_));
  }

 private:
  bool stands_against_typed(const CLI::Option& option) const {
    return std::ranges::any_of(option.get_excludes(),
                               [&](CLI::Option* other) { return typed_.contains(other); });
  }

  static std::string_view name_of(const CLI::Option& option) {
    const std::string name = option.get_name();
    const auto kind = std::ranges::find(kSettingKinds, name, &SettingKind::option);
    return kind == kSettingKinds.end() ? option.get_lnames().front() : kind->name;
  }

  std::string look_up(const std::string& path) const {
    return (file_.folder / path).lexically_normal().string();
  }

  // Throws std::invalid_argument with a sentence.
  std::vector<std::string> make_values(const SettingKind& kind, const std::string& value,
                                       bool has_folder) const {
    switch (kind.kind) {
      case ValueKind::kText:
        break;
      case ValueKind::kPath:
        return {look_up(value)};
      case ValueKind::kProfile:
        return {value == kAutomaticProfile || chat::find_profile(value) ? value : look_up(value)};
      case ValueKind::kCommand:
        return {has_folder ? value : look_up_words(kind, value)};
      case ValueKind::kYesOrNo:
        if (value != "yes" && value != "no")
          throw std::invalid_argument(fmt::format("{} is neither yes nor no", chat::quote(value)));
        return {value == "yes" ? "true" : "false"};
      case ValueKind::kWords: {
        std::vector<std::string> words;
        std::string_view rest = value;
        while (!chat::trim_blanks(rest).empty()) words.emplace_back(chat::take_word(rest));
        return words;
      }
    }
    return {value};
  }

  // A program's own folder is where its words are looked up; without one, that of the file is.
  std::string look_up_words(const SettingKind& kind, const std::string& value) const {
    std::error_code gone;
    if (fs::current_path(gone) == file_.folder) return value;
    auto command =
        Command::parse(value, kind.name == "server" ? chat::Role::kServer : chat::Role::kClient);
    if (!command) throw std::invalid_argument(command.error());
    command->make_paths_absolute(file_.folder);
    return quote_words(command->words());
  }

  void add_error(std::size_t line, std::string message) {
    errors_.push_back({.file = file_.path.string(), .line = line, .message = std::move(message)});
  }

  SettingsFile file_;
  CLI::App& run_;
  std::set<CLI::Option*> typed_;
  std::map<CLI::Option*, std::size_t> lines_;  // of those that are set here
  std::vector<chat::FileError> errors_;
};

// Which of a server and a client is meant, where both are set.
std::expected<std::string_view, chat::FileError> choose_program(
    std::span<const ConfiguredSetting> settings, const SettingsFile& file,
    std::optional<chat::Role> role) {
  const auto find = [&](std::string_view name) {
    return std::ranges::find(settings, name, &ConfiguredSetting::name);
  };
  const bool has_server = find("server") != settings.end() || find("connect") != settings.end();
  const auto client = find("client");
  if (!role && has_server && client != settings.end()) {
    return std::unexpected(
        chat::FileError{.file = file.path.string(),
                        .line = client->line,
                        .message = "a server and a client are set: say which of them is meant, "
                                   "--role server or --role client"});
  }
  if (!role) return client == settings.end() ? "server" : "client";
  return chat::to_string(*role);
}

}  // namespace

std::expected<std::vector<ConfiguredSetting>, std::vector<chat::FileError>> parse_configuration(
    std::string_view text, const std::string& file) {
  std::vector<ConfiguredSetting> settings;
  std::vector<chat::FileError> errors;
  chat::pass_byte_order_mark(text);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = chat::trim_blanks(chat::take_line(text));
    if (chat::is_comment_or_blank(line)) continue;
    const auto add_error = [&](std::string message) {
      errors.push_back({.file = file, .line = number, .message = std::move(message)});
    };
    const std::string_view name = chat::name_of_setting(line);
    const auto kind = std::ranges::find(kSettingKinds, name, &SettingKind::name);
    if (kind == kSettingKinds.end()) {
      add_error(chat::explain_unknown_setting(name, known_settings()));
      continue;
    }
    const auto earlier = std::ranges::find(settings, name, &ConfiguredSetting::name);
    if (earlier != settings.end() && !kind->may_be_repeated) {
      add_error(fmt::format("{} is set twice, first in line {}", name, earlier->line));
      continue;
    }
    auto value = chat::parse_value(chat::trim_blanks(line.substr(name.size())));
    if (!value) {
      add_error(fmt::format("{}: {}", name, value.error()));
      continue;
    }
    settings.push_back({.name = kind->name, .value = *std::move(value), .line = number});
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return settings;
}

std::expected<void, std::vector<chat::FileError>> apply_configuration(
    std::span<const ConfiguredSetting> settings, const SettingsFile& file,
    std::optional<chat::Role> role, CLI::App& run) {
  Applier applier(file, run);
  const auto program = choose_program(settings, file, role);
  const bool is_typed =
      std::ranges::any_of(std::array{"--server", "--client", "--connect"}, [&](const char* name) {
        const CLI::Option* option = run.get_option_no_throw(name);
        return option && option->count() > 0;
      });
  if (!program && !is_typed) return std::unexpected(std::vector{program.error()});
  const bool has_folder =
      run.count("--folder") > 0 ||
      std::ranges::find(settings, "folder", &ConfiguredSetting::name) != settings.end();
  for (const ConfiguredSetting& setting : settings) {
    const auto owner = std::ranges::find(kPrograms, setting.name, &ProgramSetting::name);
    if (owner != kPrograms.end() && (is_typed || owner->role != *program)) continue;
    applier.apply(setting, has_folder);
  }
  applier.check_together();
  return applier.finish();
}

}  // namespace chatspec
