#include "harness/cli/run/run_configuration.h"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/mistaken_file.h"
#include "harness/cli/run/configuration.h"
#include "harness/cli/run/run_again.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostConfigurationBytes = std::size_t{1} << 20;

bool names_program(const RunArguments& arguments) {
  return !arguments.server.empty() || !arguments.client.empty() || !arguments.remote.empty();
}

std::string find_configuration(const RunArguments& arguments) {
  if (!arguments.config.empty()) return arguments.config;
  std::error_code gone;
  const bool is_there = std::filesystem::exists(kConfigurationFile, gone);
  return is_there && !names_program(arguments) ? std::string(kConfigurationFile) : "";
}

// Paths in it are those of whoever works where the earlier run was started.
std::expected<AddedSettings, std::string> add_earlier_run(const RunArguments& arguments,
                                                          CLI::App& run) {
  auto earlier = read_earlier_run(arguments.again, run);
  if (!earlier) return std::unexpected(earlier.error());
  const SettingsFile log{.path = arguments.again, .folder = std::filesystem::current_path()};
  const auto applied = apply_configuration(earlier->settings, log, std::nullopt, run);
  if (!applied) return std::unexpected(chat::to_string(applied.error()));
  if (const auto selected = select_again(*earlier, run); !selected)
    return std::unexpected(fmt::format("{}: {}", arguments.again, selected.error()));
  AddedSettings added{.file = arguments.again};
  for (const SelectionRecord& one : earlier->selections)
    added.played_then.insert(added.played_then.end(), one.names.begin(), one.names.end());
  return added;
}

}  // namespace

std::expected<AddedSettings, std::string> add_configuration(const RunArguments& arguments,
                                                            CLI::App& run) {
  if (!arguments.again.empty()) return add_earlier_run(arguments, run);
  if (!arguments.role.empty() && names_program(arguments))
    return std::unexpected("--role: which program is meant is said by naming it already");
  std::string path = find_configuration(arguments);
  if (path.empty()) {
    if (arguments.role.empty()) return AddedSettings{};
    return std::unexpected(fmt::format(
        "--role: there is no {} here that has a server and a client, and --config names none",
        kConfigurationFile));
  }
  const auto text = read_whole_file(path, kMostConfigurationBytes);
  if (!text) return std::unexpected(text.error());
  if (const auto fits = refuse_other_kinds(*text, path, "a project's settings"); !fits)
    return std::unexpected(fits.error());
  const auto settings = parse_configuration(*text, path);
  if (!settings) return std::unexpected(chat::to_string(settings.error()));
  std::optional<chat::Role> role;
  if (!arguments.role.empty())
    role = arguments.role == "server" ? chat::Role::kServer : chat::Role::kClient;
  const SettingsFile file{.path = path, .folder = std::filesystem::absolute(path).parent_path()};
  const auto applied = apply_configuration(*settings, file, role, run);
  if (!applied) return std::unexpected(chat::to_string(applied.error()));
  return AddedSettings{.file = std::move(path)};
}

}  // namespace chatspec
