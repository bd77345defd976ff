#include "harness/grade/assignment_settings.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/grade/setting_values.h"
#include "reference/profile.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

constexpr std::array kRoles{std::pair<std::string_view, Role>{"server", Role::kServer},
                            std::pair<std::string_view, Role>{"client", Role::kClient}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTiers{
    {{"sandbox", "sandbox"}, {"isolated", "isolated"}, {"plain", "plain"}}};
constexpr std::array kReckonings{
    std::pair<std::string_view, Reckoning>{"mistakes", Reckoning::kMistakes},
    std::pair<std::string_view, Reckoning>{"cases", Reckoning::kCases}};
constexpr std::array kFlakyPolicies{
    std::pair<std::string_view, FlakyPolicy>{"fail", FlakyPolicy::kFail},
    std::pair<std::string_view, FlakyPolicy>{"pass", FlakyPolicy::kPass}};

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  for (std::string_view word = chat::take_word(text); !word.empty(); word = chat::take_word(text))
    words.emplace_back(word);
  return words;
}

// One of a few words.
template <typename Value, std::size_t Count>
SettingOutcome choose_word(std::string_view text,
                           const std::array<std::pair<std::string_view, Value>, Count>& known,
                           Value& value) {
  std::vector<std::string_view> words;
  for (const auto& [word, meaning] : known) {
    words.push_back(word);
    if (word != text) continue;
    value = meaning;
    return {};
  }
  return std::unexpected(fmt::format("expected {}, found {}{}", fmt::join(words, " or "),
                                     chat::quote(text), chat::did_you_mean(text, words)));
}

// What a parser of values gives, or its error.
template <typename Value>
SettingOutcome take(std::expected<Value, std::string> parsed, Value& value) {
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  value = *std::move(parsed);
  return {};
}

// "30 server handshake quit", "40 each 10 signature".
SettingOutcome add_points(std::string_view text, std::size_t line, Assignment& assignment) {
  PointsPart part{.line = line};
  std::vector<std::string> words = split_words(text);
  const auto points = Points::parse(words.front());
  if (!points || *points == Points())
    return std::unexpected(fmt::format("expected how many points, such as 20 or 7.5, found {}",
                                       chat::quote(words.front())));
  part.points = *points;
  words.erase(words.begin());
  if (!words.empty() && words.front() == "each") {
    const auto each = words.size() > 1 ? Points::parse(words[1]) : std::nullopt;
    if (!each || *each > part.points)
      return std::unexpected(
          fmt::format("expected after `each` what one mistake costs, at most {} points",
                      part.points.to_string()));
    part.each = *each;
    words.erase(words.begin(), words.begin() + 2);
  }
  if (!words.empty() && (words.front() == "server" || words.front() == "client")) {
    part.role = words.front() == "server" ? Role::kServer : Role::kClient;
    words.erase(words.begin());
  }
  if (words.empty())
    return std::unexpected(
        "expected for which scenarios: chapters, names, tags or requirements; * for "
        "all that are left");
  part.cases.words = std::move(words);
  assignment.parts.push_back(std::move(part));
  return {};
}

// "server client".
SettingOutcome set_roles(std::string_view text, Assignment& assignment) {
  assignment.roles.clear();
  for (const std::string& word : split_words(text)) {
    Role role{};
    if (SettingOutcome outcome = choose_word(word, kRoles, role); !outcome) return outcome;
    if (!assignment.has_role(role)) assignment.roles.push_back(role);
  }
  return {};
}

// "state/* until 2026-12-01 18:00".
SettingOutcome add_hidden(std::string_view text, std::size_t line, Assignment& assignment) {
  HiddenPart part{.line = line};
  std::vector<std::string> words = split_words(text);
  const auto until = std::ranges::find(words, "until");
  if (until != words.end()) {
    const auto time = parse_time(fmt::format("{}", fmt::join(until + 1, words.end(), " ")));
    if (!time) return std::unexpected(time.error());
    part.until = *time;
    words.erase(until, words.end());
  }
  if (words.empty()) return std::unexpected("expected which scenarios are hidden, before `until`");
  part.cases.words = std::move(words);
  assignment.hidden.push_back(std::move(part));
  return {};
}

// A built-in profile, the program's own, or a file.
SettingOutcome set_profile(const std::string& value, const SettingPlace& place) {
  const bool is_name = value == "auto" || chat::find_profile(value) != nullptr;
  place.assignment.profile = is_name ? value : (place.folder / value).lexically_normal().string();
  return {};
}

SettingOutcome begin_language(const std::string& value, const SettingPlace& place) {
  place.assignment.recipes.push_back({.name = value, .line = place.line});
  return {};
}

template <std::string Recipe::* Member>
SettingOutcome read_command(const std::string& value, const SettingPlace& place) {
  place.assignment.recipes.back().*Member = value;
  return {};
}

template <std::vector<std::string> Assignment::* Member>
SettingOutcome read_words(const std::string& value, const SettingPlace& place) {
  place.assignment.*Member = split_words(value);
  return {};
}

constexpr std::array kAssignmentSettings{
    AssignmentSetting{"title",
                      [](const std::string& value, const SettingPlace& place) -> SettingOutcome {
                        place.assignment.title = value;
                        return {};
                      }},
    AssignmentSetting{"roles",
                      [](const std::string& value, const SettingPlace& place) {
                        return set_roles(value, place.assignment);
                      }},
    AssignmentSetting{"profile", set_profile},
    AssignmentSetting{"scenarios", read_words<&Assignment::scenarios>},
    AssignmentSetting{"tag", read_words<&Assignment::tags>},
    AssignmentSetting{"exclude", read_words<&Assignment::exclude>},
    AssignmentSetting{"isolation",
                      [](const std::string& value, const SettingPlace& place) {
                        std::string_view tier;
                        SettingOutcome outcome = choose_word(value, kTiers, tier);
                        if (outcome) place.assignment.isolation = tier;
                        return outcome;
                      }},
    AssignmentSetting{"retries",
                      [](const std::string& value, const SettingPlace& place) {
                        return take(parse_few(value), place.assignment.retries);
                      }},
    AssignmentSetting{"deadline",
                      [](const std::string& value, const SettingPlace& place) {
                        return take(parse_duration(value), place.assignment.deadline);
                      }},
    AssignmentSetting{"build-deadline",
                      [](const std::string& value, const SettingPlace& place) {
                        return take(parse_duration(value), place.assignment.build_deadline);
                      }},
    AssignmentSetting{"time-limit",
                      [](const std::string& value, const SettingPlace& place) {
                        return take(parse_duration(value), place.assignment.time_limit);
                      }},
    AssignmentSetting{"memory",
                      [](const std::string& value, const SettingPlace& place) {
                        return take(parse_memory(value), place.assignment.memory_mib);
                      }},
    AssignmentSetting{"language", begin_language, Comes::kOften},
    AssignmentSetting{"when",
                      [](const std::string& value, const SettingPlace& place) -> SettingOutcome {
                        place.assignment.recipes.back().when = split_words(value);
                        return {};
                      },
                      Comes::kOnce, Belongs::kToALanguage},
    AssignmentSetting{"build", read_command<&Recipe::build>, Comes::kOnce, Belongs::kToALanguage},
    AssignmentSetting{"server", read_command<&Recipe::server>, Comes::kOnce, Belongs::kToALanguage},
    AssignmentSetting{"client", read_command<&Recipe::client>, Comes::kOnce, Belongs::kToALanguage},
    AssignmentSetting{"points",
                      [](const std::string& value, const SettingPlace& place) {
                        return add_points(value, place.line, place.assignment);
                      },
                      Comes::kOften},
    AssignmentSetting{"counts",
                      [](const std::string& value, const SettingPlace& place) {
                        return choose_word(value, kReckonings, place.assignment.reckoning);
                      }},
    AssignmentSetting{"deviates",
                      [](const std::string& value, const SettingPlace& place) {
                        return take(parse_percent(value), place.assignment.deviates_percent);
                      }},
    AssignmentSetting{"flaky",
                      [](const std::string& value, const SettingPlace& place) {
                        return choose_word(value, kFlakyPolicies, place.assignment.flaky);
                      }},
    AssignmentSetting{"hidden",
                      [](const std::string& value, const SettingPlace& place) {
                        return add_hidden(value, place.line, place.assignment);
                      },
                      Comes::kOften},
};

}  // namespace

std::span<const AssignmentSetting> assignment_settings() {
  return kAssignmentSettings;
}

}  // namespace chatspec
