// The text of an assignment: lines of settings, of which those behind `language` are this one's.

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/grade/assignment.h"
#include "harness/grade/setting_values.h"
#include "reference/lines.h"
#include "reference/quote.h"
#include "reference/setting_text.h"
#include "reference/suggest.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// What is wrong with a value, in a sentence without a full stop.
using Outcome = std::expected<void, std::string>;

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

// What a parser of values gives, or its error.
template <typename Value>
Outcome take(std::expected<Value, std::string> parsed, Value& value) {
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  value = *std::move(parsed);
  return {};
}

// "30 server handshake quit", "40 each 10 signature".
Outcome add_points(std::string_view text, std::size_t line, Assignment& assignment) {
  PointsPart part{.line = line};
  std::vector<std::string> words = split_words(text);
  const auto parse = [&](std::string_view word) { return Points::parse(word); };
  const auto points = parse(words.front());
  if (!points || *points == Points())
    return std::unexpected(fmt::format("expected how many points, such as 20 or 7.5, found {}",
                                       chat::quote(words.front())));
  part.points = *points;
  words.erase(words.begin());
  if (!words.empty() && words.front() == "each") {
    const auto each = words.size() > 1 ? parse(words[1]) : std::nullopt;
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
  part.title = fmt::format("{}", fmt::join(words, " "));
  part.cases.words = std::move(words);
  assignment.parts.push_back(std::move(part));
  return {};
}

// "state/* until 2026-12-01 18:00".
Outcome add_hidden(std::string_view text, std::size_t line, Assignment& assignment) {
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

// Where a value goes.
struct Place {
  Assignment& assignment;
  const fs::path& folder;  // of the file
  std::size_t line;
};

struct AssignmentSetting {
  std::string_view name;
  Outcome (*read)(const std::string& value, const Place& place);
  bool may_be_repeated = false;
  bool is_of_language = false;
};

template <std::string Way::* Member>
Outcome read_command(const std::string& value, const Place& place) {
  place.assignment.ways.back().*Member = value;
  return {};
}

template <std::vector<std::string> Assignment::* Member>
Outcome read_words(const std::string& value, const Place& place) {
  place.assignment.*Member = split_words(value);
  return {};
}

constexpr std::array kReckonings{
    std::pair<std::string_view, Reckoning>{"mistakes", Reckoning::kMistakes},
    std::pair<std::string_view, Reckoning>{"cases", Reckoning::kCases}};
constexpr std::array kFlakyPolicies{
    std::pair<std::string_view, FlakyPolicy>{"fail", FlakyPolicy::kFail},
    std::pair<std::string_view, FlakyPolicy>{"pass", FlakyPolicy::kPass}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTiers{
    {{"sandbox", "sandbox"}, {"isolated", "isolated"}, {"plain", "plain"}}};

constexpr std::array kAssignmentSettings{
    AssignmentSetting{"title",
                      [](const std::string& value, const Place& place) -> Outcome {
                        place.assignment.title = value;
                        return {};
                      }},
    AssignmentSetting{"profile",
                      [](const std::string& value, const Place& place) -> Outcome {
                        const bool is_built_in = chat::find_profile(value) != nullptr;
                        place.assignment.profile =
                            is_built_in ? value
                                        : (place.folder / value).lexically_normal().string();
                        return {};
                      }},
    AssignmentSetting{"scenarios", read_words<&Assignment::scenarios>},
    AssignmentSetting{"exclude", read_words<&Assignment::exclude>},
    AssignmentSetting{"isolation",
                      [](const std::string& value, const Place& place) {
                        std::string_view tier;
                        Outcome outcome = choose_word(value, kTiers, tier);
                        if (outcome) place.assignment.isolation = tier;
                        return outcome;
                      }},
    AssignmentSetting{"time-limit",
                      [](const std::string& value, const Place& place) {
                        return take(parse_duration(value), place.assignment.time_limit);
                      }},
    AssignmentSetting{"build-deadline",
                      [](const std::string& value, const Place& place) {
                        return take(parse_duration(value), place.assignment.build_deadline);
                      }},
    AssignmentSetting{"memory",
                      [](const std::string& value, const Place& place) {
                        return take(parse_memory(value), place.assignment.memory_bytes);
                      }},
    AssignmentSetting{"counts",
                      [](const std::string& value, const Place& place) {
                        return choose_word(value, kReckonings, place.assignment.reckoning);
                      }},
    AssignmentSetting{"deviates",
                      [](const std::string& value, const Place& place) {
                        return take(parse_percent(value), place.assignment.deviates_percent);
                      }},
    AssignmentSetting{"flaky",
                      [](const std::string& value, const Place& place) {
                        return choose_word(value, kFlakyPolicies, place.assignment.flaky);
                      }},
    AssignmentSetting{"points",
                      [](const std::string& value, const Place& place) {
                        return add_points(value, place.line, place.assignment);
                      },
                      true},
    AssignmentSetting{"hidden",
                      [](const std::string& value, const Place& place) {
                        return add_hidden(value, place.line, place.assignment);
                      },
                      true},
    AssignmentSetting{"language",
                      [](const std::string& value, const Place& place) -> Outcome {
                        place.assignment.ways.push_back({.name = value, .line = place.line});
                        return {};
                      },
                      true},
    AssignmentSetting{"when",
                      [](const std::string& value, const Place& place) -> Outcome {
                        place.assignment.ways.back().when = split_words(value);
                        return {};
                      },
                      false, true},
    AssignmentSetting{"build", read_command<&Way::build>, false, true},
    AssignmentSetting{"server", read_command<&Way::server>, false, true},
    AssignmentSetting{"client", read_command<&Way::client>, false, true},
};

class AssignmentReader {
 public:
  explicit AssignmentReader(const fs::path& file)
      : file_(file.string()), folder_(fs::absolute(file).parent_path()) {}

  void read_line(std::string_view line, std::size_t number) {
    if (chat::is_comment_or_blank(line)) return;
    const std::string_view name = chat::name_of_setting(line);
    const auto setting = std::ranges::find(kAssignmentSettings, name, &AssignmentSetting::name);
    if (setting == kAssignmentSettings.end()) {
      add_error(number, explain_unknown(name));
      return;
    }
    if (setting->is_of_language && assignment_.ways.empty()) {
      add_error(number,
                fmt::format("{} belongs to a language: expected `language NAME` before it", name));
      return;
    }
    if (name == "language") begin_language();
    const auto [earlier, is_new] = seen_.emplace(name, number);
    if (!is_new && !setting->may_be_repeated) {
      add_error(number, fmt::format("{} is set twice, first in line {}", name, earlier->second));
      return;
    }
    const auto value = chat::parse_value(chat::trim_blanks(line.substr(name.size())));
    const Outcome outcome = value ? setting->read(*value, {assignment_, folder_, number})
                                  : std::unexpected(value.error());
    if (!outcome) add_error(number, fmt::format("{}: {}", name, outcome.error()));
  }

  std::expected<Assignment, std::vector<chat::FileError>> finish() {
    for (const Way& way : assignment_.ways) check(way);
    // Of a file with other mistakes these may only be what follows from them.
    if (errors_.empty() && assignment_.ways.empty())
      add_error(0, "no `language NAME` says how programs are started");
    if (errors_.empty() && assignment_.parts.empty())
      add_error(0, "no `points` say what is earned by what; `points 100 *` gives all alike");
    for (const PointsPart& part : assignment_.parts) check(part);
    if (errors_.empty()) return std::move(assignment_);
    std::ranges::stable_sort(errors_, {}, &chat::FileError::line);
    return std::unexpected(std::move(errors_));
  }

 private:
  static std::string explain_unknown(std::string_view name) {
    std::vector<std::string_view> known;
    for (const AssignmentSetting& setting : kAssignmentSettings) known.push_back(setting.name);
    return fmt::format("unknown setting {}{}; known are {}", chat::quote(name),
                       chat::did_you_mean(name, known), fmt::join(known, ", "));
  }

  // The settings of a language may come once in each.
  void begin_language() {
    std::erase_if(seen_, [](const auto& seen) {
      return std::ranges::find(kAssignmentSettings, seen.first, &AssignmentSetting::name)
          ->is_of_language;
    });
  }

  void check(const Way& way) {
    if (way.when.empty())
      add_error(way.line, fmt::format("language {}: expected `when`, the names of files by which a "
                                      "submission is known to be in it",
                                      way.name));
    if (way.server.empty() && way.client.empty())
      add_error(way.line,
                fmt::format("language {}: expected `server` or `client`, the command line "
                            "that starts it",
                            way.name));
  }

  void check(const PointsPart& part) {
    if (!part.role || assignment_.ways.empty() || assignment_.plays(*part.role)) return;
    const std::string_view role = chat::to_string(*part.role);
    add_error(part.line,
              fmt::format("points for the {0}, which no language starts: expected `{0}` in "
                          "one of them",
                          role));
  }

  void add_error(std::size_t line, std::string message) {
    errors_.push_back({.file = file_, .line = line, .message = std::move(message)});
  }

  std::string file_;
  fs::path folder_;
  Assignment assignment_{};
  std::map<std::string_view, std::size_t> seen_{};  // in which line
  std::vector<chat::FileError> errors_{};
};

}  // namespace

std::expected<Assignment, std::vector<chat::FileError>> parse_assignment(
    std::string_view text, const std::filesystem::path& file) {
  AssignmentReader reader(file);
  for (std::size_t number = 1; !text.empty(); ++number)
    reader.read_line(chat::trim_blanks(chat::take_line(text)), number);
  return reader.finish();
}

}  // namespace chatspec
