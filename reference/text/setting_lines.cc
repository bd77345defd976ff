#include "reference/text/setting_lines.h"

#include <algorithm>
#include <expected>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "reference/text/lines.h"
#include "reference/text/setting_text.h"

namespace chat {
namespace {

std::string_view article_of(std::string_view noun) {
  return std::string_view("aeiou").contains(noun.front()) ? "an" : "a";
}

std::expected<std::string, std::string> read_value(std::string_view text) {
  auto value = parse_value(trim_blanks(text));
  // Of what stands between quotation marks there may be nothing.
  if (value && value->find_first_not_of(" \t\r") == value->npos)
    return std::unexpected("expected more than blanks");
  return value;
}

class SettingReader {
 public:
  SettingReader(const std::string& file, std::span<const SettingName> names)
      : file_(file), names_(names) {}

  void read(std::string_view line, std::size_t number) {
    if (is_comment_or_blank(line)) return;
    const std::string_view name = name_of_setting(line);
    const auto setting = std::ranges::find(names_, name, &SettingName::name);
    if (setting == names_.end())
      return add_error(number, explain_unknown_setting(name, known_names()));
    if (!setting->section.empty() && !seen_.contains(setting->section)) {
      return add_error(number, fmt::format("{0} belongs to {1} {2}: expected `{2} NAME` before it",
                                           name, article_of(setting->section), setting->section));
    }
    std::erase_if(seen_, [&](const auto& one) { return section_of(one.first) == name; });
    const auto [earlier, is_new] = seen_.emplace(setting->name, number);
    if (!is_new && !setting->may_be_repeated) {
      return add_error(number,
                       fmt::format("{} is set twice, first in line {}", name, earlier->second));
    }
    auto value = read_value(line.substr(name.size()));
    if (!value) {
      if (is_new && begins_section(name)) seen_.erase(earlier);  // none has begun
      return add_error(number, fmt::format("{}: {}", name, value.error()));
    }
    read_.lines.push_back({.setting = static_cast<std::size_t>(setting - names_.begin()),
                           .value = *std::move(value),
                           .line = number});
  }

  SettingLines take() { return std::move(read_); }

 private:
  std::vector<std::string_view> known_names() const {
    std::vector<std::string_view> known;
    for (const SettingName& one : names_) known.push_back(one.name);
    return known;
  }

  bool begins_section(std::string_view name) const {
    return std::ranges::find(names_, name, &SettingName::section) != names_.end();
  }

  std::string_view section_of(std::string_view name) const {
    return std::ranges::find(names_, name, &SettingName::name)->section;
  }

  void add_error(std::size_t line, std::string message) {
    read_.errors.push_back({.file = file_, .line = line, .message = std::move(message)});
  }

  const std::string& file_;
  std::span<const SettingName> names_;
  std::map<std::string_view, std::size_t> seen_{};  // in which line
  SettingLines read_{};
};

}  // namespace

SettingLines read_setting_lines(std::string_view text, const std::string& file,
                                std::span<const SettingName> names) {
  SettingReader reader(file, names);
  pass_byte_order_mark(text);
  for (std::size_t number = 1; !text.empty(); ++number)
    reader.read(trim_blanks(take_line(text)), number);
  return reader.take();
}

}  // namespace chat
