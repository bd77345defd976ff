// The text of an assignment: a setting in a line.

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/grade/assignment.h"
#include "reference/lines.h"
#include "reference/quote.h"
#include "reference/setting_text.h"
#include "reference/suggest.h"

namespace chatspec {
namespace {

// What is wrong with a value, in a sentence without a full stop.
using Outcome = std::expected<void, std::string>;

constexpr std::array kRoles{std::pair<std::string_view, Role>{"server", Role::kServer},
                            std::pair<std::string_view, Role>{"client", Role::kClient}};
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
Outcome choose_word(std::string_view text,
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

// "50%".
Outcome set_deviates(std::string_view text, Assignment& assignment) {
  int percent = 0;
  const char* const end = text.data() + text.size() - 1;
  const auto [read, error] = std::from_chars(text.data(), end, percent);
  if (!text.ends_with('%') || error != std::errc() || read != end || percent < 0 || percent > 100)
    return std::unexpected(
        fmt::format("expected a share from 0% to 100%, found {}", chat::quote(text)));
  assignment.deviates_percent = percent;
  return {};
}

// "30 server handshake quit", "40 each 10 signature".
Outcome add_points(std::string_view text, std::size_t line, Assignment& assignment) {
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
          fmt::format("expected behind `each` what one mistake costs, at most {} points",
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
Outcome set_roles(std::string_view text, Assignment& assignment) {
  assignment.roles.clear();
  for (const std::string& word : split_words(text)) {
    Role role{};
    if (Outcome outcome = choose_word(word, kRoles, role); !outcome) return outcome;
    if (!assignment.has_role(role)) assignment.roles.push_back(role);
  }
  return {};
}

struct AssignmentSetting {
  std::string_view name;
  Outcome (*read)(const std::string& value, std::size_t line, Assignment& assignment);
  bool may_be_repeated = false;
};

constexpr std::array kAssignmentSettings{
    AssignmentSetting{"title",
                      [](const std::string& value, std::size_t, Assignment& assignment) -> Outcome {
                        assignment.title = value;
                        return {};
                      }},
    AssignmentSetting{"roles", [](const std::string& value, std::size_t,
                                  Assignment& assignment) { return set_roles(value, assignment); }},
    AssignmentSetting{"points",
                      [](const std::string& value, std::size_t line, Assignment& assignment) {
                        return add_points(value, line, assignment);
                      },
                      true},
    AssignmentSetting{"counts",
                      [](const std::string& value, std::size_t, Assignment& assignment) {
                        return choose_word(value, kReckonings, assignment.reckoning);
                      }},
    AssignmentSetting{"deviates",
                      [](const std::string& value, std::size_t, Assignment& assignment) {
                        return set_deviates(value, assignment);
                      }},
    AssignmentSetting{"flaky",
                      [](const std::string& value, std::size_t, Assignment& assignment) {
                        return choose_word(value, kFlakyPolicies, assignment.flaky);
                      }},
};

class AssignmentReader {
 public:
  explicit AssignmentReader(std::string file) : file_(std::move(file)) {}

  void read_line(std::string_view line, std::size_t number) {
    if (chat::is_comment_or_blank(line)) return;
    const std::string_view name = chat::name_of_setting(line);
    const auto setting = std::ranges::find(kAssignmentSettings, name, &AssignmentSetting::name);
    if (setting == kAssignmentSettings.end()) {
      add_error(number, chat::explain_unknown_setting(name, known_settings()));
      return;
    }
    const auto [earlier, is_new] = seen_.emplace(name, number);
    if (!is_new && !setting->may_be_repeated) {
      add_error(number, fmt::format("{} is set twice, first in line {}", name, earlier->second));
      return;
    }
    if (const Outcome outcome = read_value(*setting, line.substr(name.size()), number); !outcome)
      add_error(number, fmt::format("{}: {}", name, outcome.error()));
  }

  std::expected<Assignment, std::vector<chat::FileError>> finish() {
    // Of a file with other mistakes these may only be what follows from them.
    if (errors_.empty() && assignment_.parts.empty())
      add_error(0, "no `points` say what is earned by what; `points 100 *` gives all alike");
    for (const PointsPart& part : assignment_.parts) check(part);
    if (errors_.empty()) return std::move(assignment_);
    std::ranges::stable_sort(errors_, {}, &chat::FileError::line);
    return std::unexpected(std::move(errors_));
  }

 private:
  Outcome read_value(const AssignmentSetting& setting, std::string_view text, std::size_t line) {
    const auto value = chat::parse_value(chat::trim_blanks(text));
    if (!value) return std::unexpected(value.error());
    // Of what stands between quotation marks there may be nothing.
    if (split_words(*value).empty()) return std::unexpected("expected more than blanks");
    return setting.read(*value, line, assignment_);
  }

  static std::vector<std::string_view> known_settings() {
    std::vector<std::string_view> known;
    for (const AssignmentSetting& setting : kAssignmentSettings) known.push_back(setting.name);
    return known;
  }

  void check(const PointsPart& part) {
    if (!part.role || assignment_.has_role(*part.role)) return;
    add_error(part.line,
              fmt::format("points for the {0}, which is not graded: expected `{0}` among "
                          "the `roles`",
                          chat::to_string(*part.role)));
  }

  void add_error(std::size_t line, std::string message) {
    errors_.push_back({.file = file_, .line = line, .message = std::move(message)});
  }

  std::string file_;
  Assignment assignment_{};
  std::map<std::string_view, std::size_t> seen_{};  // in which line
  std::vector<chat::FileError> errors_{};
};

}  // namespace

std::expected<Assignment, std::vector<chat::FileError>> parse_assignment(std::string_view text,
                                                                         const std::string& file) {
  AssignmentReader reader(file);
  for (std::size_t number = 1; !text.empty(); ++number)
    reader.read_line(chat::trim_blanks(chat::take_line(text)), number);
  return reader.finish();
}

}  // namespace chatspec
