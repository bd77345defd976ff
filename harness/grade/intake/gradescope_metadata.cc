#include "harness/grade/intake/gradescope_metadata.h"

#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/text/lines.h"
#include "reference/text/setting_text.h"

namespace chatspec {
namespace {

struct Submitter {
  std::string name{};
  std::string number{};
  std::string address{};
};

// A YAML scalar of one line: plain, or within single quotes, which are doubled inside, or double
// ones with backslashes.
std::string read_scalar(std::string_view text) {
  text = chat::trim_blanks(text);
  const bool is_quoted =
      text.size() >= 2 && text.front() == text.back() && (text[0] == '\'' || text[0] == '"');
  if (!is_quoted) return text == "null" || text == "~" ? "" : std::string(text);
  const char quote = text.front();
  const char escape = quote == '\'' ? '\'' : '\\';
  text = text.substr(1, text.size() - 2);
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == escape && i + 1 < text.size()) ++i;
    value += text[i];
  }
  return value;
}

GradescopeSubmitters join_submitters(const std::vector<Submitter>& all) {
  std::vector<std::string> names;
  std::vector<std::string> keys;
  for (const Submitter& one : all) {
    names.push_back(one.name);
    keys.push_back(one.number.empty() ? one.address : one.number);
  }
  return {.names = fmt::format("{}", fmt::join(names, " & ")),
          .key = fmt::format("{}", fmt::join(keys, " & "))};
}

}  // namespace

std::map<std::string, GradescopeSubmitters, std::less<>> parse_gradescope_metadata(
    std::string_view text) {
  std::map<std::string, std::vector<Submitter>, std::less<>> submitters;
  std::vector<Submitter>* current = nullptr;
  while (!text.empty()) {
    const std::string_view line = chat::take_line(text);
    if (line.starts_with("submission_") && line.ends_with(':')) {
      current = &submitters[std::string(line.substr(0, line.size() - 1))];
      continue;
    }
    std::string_view rest = chat::trim_blanks(line);
    const bool begins_item = rest.starts_with("- ");
    if (begins_item) rest = chat::trim_blanks(rest.substr(2));
    if (!current) continue;
    const auto value_of = [&](std::string_view name) {
      return rest.starts_with(name) ? std::optional(read_scalar(rest.substr(name.size())))
                                    : std::nullopt;
    };
    if (const auto name = value_of(":name:"); name && begins_item) {
      current->push_back({.name = *name});
    } else if (const auto number = value_of(":sid:"); number && !current->empty()) {
      current->back().number = *number;
    } else if (const auto address = value_of(":email:"); address && !current->empty()) {
      current->back().address = *address;
    }
  }
  std::map<std::string, GradescopeSubmitters, std::less<>> joined;
  for (const auto& [folder, all] : submitters) {
    if (!all.empty()) joined.emplace(folder, join_submitters(all));
  }
  return joined;
}

}  // namespace chatspec
