// The text of an assignment: a setting in a line, of which those behind `language` are this one's.

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "harness/grade/assignment.h"
#include "harness/grade/assignment_settings.h"
#include "reference/lines.h"
#include "reference/setting_text.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

class AssignmentReader {
 public:
  explicit AssignmentReader(const fs::path& file)
      : file_(file.string()), folder_(fs::absolute(file).parent_path()) {}

  void read_line(std::string_view line, std::size_t number) {
    if (chat::is_comment_or_blank(line)) return;
    const std::string_view name = chat::name_of_setting(line);
    const auto settings = assignment_settings();
    const auto setting = std::ranges::find(settings, name, &AssignmentSetting::name);
    if (setting == settings.end()) {
      add_error(number, chat::explain_unknown_setting(name, known_settings()));
      return;
    }
    if (setting->belongs == Belongs::kToALanguage && assignment_.ways.empty()) {
      add_error(number,
                fmt::format("{} belongs to a language: expected `language NAME` before it", name));
      return;
    }
    if (name == "language") forget_settings_of_language();
    const auto [earlier, is_new] = seen_.emplace(name, number);
    if (!is_new && setting->comes == Comes::kOnce) {
      add_error(number, fmt::format("{} is set twice, first in line {}", name, earlier->second));
      return;
    }
    if (const SettingOutcome outcome = read_value(*setting, line.substr(name.size()), number);
        !outcome)
      add_error(number, fmt::format("{}: {}", name, outcome.error()));
  }

  std::expected<Assignment, std::vector<chat::FileError>> finish() {
    for (const Way& way : assignment_.ways) check(way);
    // Of a file with other mistakes these may only be what follows from them.
    if (errors_.empty() && assignment_.parts.empty())
      add_error(0, "no `points` say what is earned by what; `points 100 *` gives all alike");
    for (const PointsPart& part : assignment_.parts) check(part);
    if (errors_.empty()) check_starts();
    if (assignment_.scenarios.empty() && assignment_.tags.empty()) assignment_.tags = {"core"};
    if (errors_.empty()) return std::move(assignment_);
    std::ranges::stable_sort(errors_, {}, &chat::FileError::line);
    return std::unexpected(std::move(errors_));
  }

 private:
  SettingOutcome read_value(const AssignmentSetting& setting, std::string_view text,
                            std::size_t line) {
    const auto value = chat::parse_value(chat::trim_blanks(text));
    if (!value) return std::unexpected(value.error());
    // Of what stands between quotation marks there may be nothing.
    if (value->find_first_not_of(" \t\r") == value->npos)
      return std::unexpected("expected more than blanks");
    return setting.read(*value, {assignment_, folder_, line});
  }

  static std::vector<std::string_view> known_settings() {
    std::vector<std::string_view> known;
    for (const AssignmentSetting& setting : assignment_settings()) known.push_back(setting.name);
    return known;
  }

  // They may come once in each.
  void forget_settings_of_language() {
    for (const AssignmentSetting& setting : assignment_settings()) {
      if (setting.belongs == Belongs::kToALanguage) seen_.erase(setting.name);
    }
  }

  void check(const Way& way) {
    if (way.when.empty())
      add_error(way.line, fmt::format("language {}: expected `when`, the names of files by which a "
                                      "submission is known to be in it",
                                      way.name));
    if (way.server.empty() && way.client.empty())
      add_error(way.line,
                fmt::format("language {}: expected `server` or `client`, the command line that "
                            "starts it",
                            way.name));
  }

  void check(const PointsPart& part) {
    if (!part.role || assignment_.has_role(*part.role)) return;
    add_error(part.line,
              fmt::format("points for the {0}, which is not graded: expected `{0}` among "
                          "the `roles`",
                          chat::to_string(*part.role)));
  }

  // What a language lacks, where there are any.
  void check_starts() {
    for (const Way& way : assignment_.ways) {
      for (const Role role : assignment_.roles) {
        if (way.start(role).empty())
          add_error(way.line, fmt::format("language {0}: expected `{1}`, the command line that "
                                          "starts it, since the {1} is graded",
                                          way.name, chat::to_string(role)));
      }
    }
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
