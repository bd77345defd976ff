// The text of an assignment: a setting in a line, of which those after `language` are this one's.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/grade/assignment.h"
#include "harness/grade/assignment_settings.h"
#include "reference/text/setting_lines.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

class AssignmentReader {
 public:
  explicit AssignmentReader(const fs::path& file)
      : file_(file.string()), folder_(fs::absolute(file).parent_path()) {}

  void read(std::string_view text) {
    const auto settings = assignment_settings();
    std::vector<chat::SettingName> names;
    for (const AssignmentSetting& one : settings) {
      names.push_back({.name = one.name,
                       .may_be_repeated = one.comes == Comes::kOften,
                       .section = one.belongs == Belongs::kToALanguage ? "language" : ""});
    }
    chat::SettingLines read = chat::read_setting_lines(text, file_, names);
    errors_ = std::move(read.errors);
    for (const chat::SettingLine& one : read.lines) {
      const AssignmentSetting& setting = settings[one.setting];
      const SettingOutcome outcome = setting.read(one.value, {assignment_, folder_, one.line});
      if (!outcome) add_error(one.line, fmt::format("{}: {}", setting.name, outcome.error()));
      const std::string whose =
          setting.belongs == Belongs::kToALanguage ? assignment_.recipes.back().name + ": " : "";
      assignment_.settings.push_back(fmt::format("{}{} {}", whose, setting.name, one.value));
    }
  }

  std::expected<Assignment, std::vector<chat::FileError>> finish() {
    for (const Recipe& recipe : assignment_.recipes) check(recipe);
    // Of a file with other mistakes these may only be what follows from them.
    if (errors_.empty() && assignment_.parts.empty())
      add_error(0, "no `points` say what is earned by what; `points 100 *` gives all alike");
    for (const PointsPart& part : assignment_.parts) check(part);
    if (assignment_.memory_mib != 0 && assignment_.isolation != "sandbox")
      add_error(0, "memory: only `isolation sandbox` limits it");
    if (errors_.empty()) check_starts();
    if (assignment_.scenarios.empty() && assignment_.tags.empty()) assignment_.tags = {"core"};
    if (errors_.empty()) return std::move(assignment_);
    std::ranges::stable_sort(errors_, {}, &chat::FileError::line);
    return std::unexpected(std::move(errors_));
  }

 private:
  void check(const Recipe& recipe) {
    if (recipe.when.empty())
      add_error(recipe.line,
                fmt::format("language {}: expected `when`, the names of files by which a "
                            "submission is known to be in it",
                            recipe.name));
    if (recipe.server.empty() && recipe.client.empty())
      add_error(recipe.line,
                fmt::format("language {}: expected `server` or `client`, the command line that "
                            "starts it",
                            recipe.name));
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
    for (const Recipe& recipe : assignment_.recipes) {
      for (const Role role : assignment_.roles) {
        if (recipe.start(role).empty())
          add_error(recipe.line, fmt::format("language {0}: expected `{1}`, the command line that "
                                             "starts it, since the {1} is graded",
                                             recipe.name, chat::to_string(role)));
      }
    }
  }

  void add_error(std::size_t line, std::string message) {
    errors_.push_back({.file = file_, .line = line, .message = std::move(message)});
  }

  std::string file_;
  fs::path folder_;
  Assignment assignment_{};
  std::vector<chat::FileError> errors_{};
};

}  // namespace

std::expected<Assignment, std::vector<chat::FileError>> parse_assignment(
    std::string_view text, const std::filesystem::path& file) {
  AssignmentReader reader(file);
  reader.read(text);
  return reader.finish();
}

}  // namespace chatspec
