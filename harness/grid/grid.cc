#include "harness/grid/grid.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/grade/setting_values.h"
#include "reference/profile.h"
#include "reference/text/quote.h"
#include "reference/text/setting_lines.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kImplementation = "implementation";
constexpr std::size_t kMostNameBytes = 60;
constexpr std::array<std::string_view, 3> kTiers{"sandbox", "isolated", "plain"};

// What is wrong with a value, in a sentence without a full stop.
using ReadOutcome = std::expected<void, std::string>;

// Where a value goes.
struct GridPlace {
  Grid& grid;
  const fs::path& folder;  // of the file
  std::size_t line;

  GridImplementation& last() const { return grid.implementations.back(); }
  std::string look_up(const std::string& path) const {
    return (folder / path).lexically_normal().string();
  }
};

struct GridSetting {
  chat::SettingName name;
  ReadOutcome (*read)(const std::string& value, const GridPlace& place);
};

bool is_name(std::string_view text) {
  return text.size() <= kMostNameBytes && !text.starts_with('.') && !text.starts_with('-') &&
         !text.contains("--") && std::ranges::all_of(text, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                  std::string_view("._-").contains(c);
         });
}

ReadOutcome begin_implementation(const std::string& value, const GridPlace& place) {
  const auto& known = place.grid.implementations;
  const auto earlier = std::ranges::find(known, value, &GridImplementation::name);
  const bool is_twice = earlier != known.end();
  const std::size_t first = is_twice ? earlier->line : 0;
  place.grid.implementations.push_back({.name = value, .line = place.line});
  if (is_twice)
    return std::unexpected(fmt::format("{} is there already, in line {}", value, first));
  if (is_name(value)) return {};
  return std::unexpected(
      fmt::format("expected a name of letters, digits, '.', '_' and '-', at most {}, which begins "
                  "with no '.' or '-' and has no \"--\"; found {}",
                  kMostNameBytes, chat::quote_start(value)));
}

ReadOutcome read_isolation(const std::string& value, const GridPlace& place) {
  place.grid.isolation = value;
  if (std::ranges::find(kTiers, value) != kTiers.end()) return {};
  return std::unexpected(fmt::format("expected {}, found {}{}", fmt::join(kTiers, " or "),
                                     chat::quote(value), chat::did_you_mean(value, kTiers)));
}

template <std::chrono::seconds Grid::* Member>
ReadOutcome read_duration(const std::string& value, const GridPlace& place) {
  const auto read = parse_duration(value);
  if (!read) return std::unexpected(read.error());
  place.grid.*Member = *read;
  return {};
}

template <std::string GridImplementation::* Member>
ReadOutcome read_text(const std::string& value, const GridPlace& place) {
  place.last().*Member = value;
  return {};
}

constexpr std::array kGridSettings{
    GridSetting{{"title"},
                [](const std::string& value, const GridPlace& place) -> ReadOutcome {
                  place.grid.title = value;
                  return {};
                }},
    GridSetting{{"profile"},
                [](const std::string& value, const GridPlace& place) -> ReadOutcome {
                  place.grid.profile = chat::find_profile(value) ? value : place.look_up(value);
                  return {};
                }},
    GridSetting{{"isolation"}, read_isolation},
    GridSetting{{"deadline"}, read_duration<&Grid::deadline>},
    GridSetting{{"build-deadline"}, read_duration<&Grid::build_deadline>},
    GridSetting{{"assignment"},
                [](const std::string& value, const GridPlace& place) -> ReadOutcome {
                  place.grid.assignment = place.look_up(value);
                  return {};
                }},
    GridSetting{{kImplementation, true}, begin_implementation},
    GridSetting{{"folder", false, kImplementation},
                [](const std::string& value, const GridPlace& place) -> ReadOutcome {
                  place.last().folder = place.look_up(value);
                  return {};
                }},
    GridSetting{{"build", false, kImplementation}, read_text<&GridImplementation::build>},
    GridSetting{{"server", false, kImplementation}, read_text<&GridImplementation::server>},
    GridSetting{{"client", false, kImplementation}, read_text<&GridImplementation::client>},
    GridSetting{{"readable", true, kImplementation},
                [](const std::string& value, const GridPlace& place) -> ReadOutcome {
                  place.last().readable.push_back(place.look_up(value));
                  return {};
                }},
};

// What an implementation lacks; "" where it is whole.
std::string find_lack(const GridImplementation& one) {
  if (one.server.empty() && one.client.empty())
    return "expected `server` or `client`, the command line that starts it";
  if (!one.build.empty() && one.folder.empty())
    return "expected `folder`, in a copy of which it is built";
  return {};
}

}  // namespace

std::expected<Grid, std::vector<chat::FileError>> parse_grid(std::string_view text,
                                                             const fs::path& file) {
  std::vector<chat::SettingName> names;
  for (const GridSetting& one : kGridSettings) names.push_back(one.name);
  chat::SettingLines read = chat::read_setting_lines(text, file.string(), names);
  const auto add_error = [&](std::size_t line, std::string message) {
    read.errors.push_back({.file = file.string(), .line = line, .message = std::move(message)});
  };
  Grid grid;
  const fs::path folder = fs::absolute(file).parent_path();
  for (const chat::SettingLine& one : read.lines) {
    const GridSetting& setting = kGridSettings[one.setting];
    if (const auto done = setting.read(one.value, {grid, folder, one.line}); !done)
      add_error(one.line, fmt::format("{}: {}", setting.name.name, done.error()));
  }
  for (const GridImplementation& one : grid.implementations) {
    if (const std::string lack = find_lack(one); !lack.empty())
      add_error(one.line, fmt::format("implementation {}: {}", chat::escape_bytes(one.name), lack));
  }
  if (read.errors.empty()) return grid;
  std::ranges::stable_sort(read.errors, {}, &chat::FileError::line);
  return std::unexpected(std::move(read.errors));
}

}  // namespace chatspec
