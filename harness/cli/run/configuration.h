// The configuration file of a project: the options of `chatspec run` that are the same each time.

#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/role.h"
#include "reference/text/file_error.h"

namespace CLI {
class App;
}

namespace chatspec {

// What it is called, in the folder of the project.
inline constexpr std::string_view kConfigurationFile = "chatspec.conf";

// One line that says something.
struct ConfiguredSetting {
  std::string_view name;  // of the table
  std::string value;
  std::size_t line = 0;  // 0 where it stands in no line of its own
};

// A line each: a setting, which is called as the option is, and its value: the rest of the line, or
// what stands in double quotes; `#` with a blank before it begins a comment. All mistakes at once.
std::expected<std::vector<ConfiguredSetting>, std::vector<chat::FileError>> parse_configuration(
    std::string_view text, const std::string& file);

// Where settings stand.
struct SettingsFile {
  std::filesystem::path path;    // as it was named
  std::filesystem::path folder;  // from which their paths are looked up; absolute
};

// Gives the options of `run`, which may be another command with some of them, what the settings
// say, but not those that the command line has, nor what could not stand beside these. Of a server
// and a client that are both set, that of the role counts. The errors name the lines.
std::expected<void, std::vector<chat::FileError>> apply_configuration(
    std::span<const ConfiguredSetting> settings, const SettingsFile& file,
    std::optional<chat::Role> role, CLI::App& run);

}  // namespace chatspec
