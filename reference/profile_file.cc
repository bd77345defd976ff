// The text file of a profile: first cut into name and value per line, then applied to the base
// profile through the table of settings. Every mistake is kept, and what a mistake could be the
// reason of is not told as well.

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/profile.h"
#include "reference/profile_settings.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"
#include "reference/text/setting_text.h"
#include "reference/text/suggest.h"

namespace chat {
namespace {

struct Entry {
  std::string_view name;
  std::string value;
  std::size_t line;
  bool quoted;
};

std::vector<std::string_view> names_of_settings() {
  std::vector<std::string_view> names;
  for (const ProfileSetting& one : profile_settings()) names.push_back(one.name);
  return names;
}

// Words that are values elsewhere, and where a text is wanted were hardly meant as that text.
struct Keyword {
  std::string_view word;
  std::string_view meant;  // as it is written
};
constexpr std::array<Keyword, 7> kKeywords{{{"lf", R"("\n")"},
                                            {"crlf", R"("\r\n")"},
                                            {"cr", R"("\r")"},
                                            {"none", R"("")"},
                                            {"nothing", R"("")"},
                                            {"blank", R"(" ")"},
                                            {"tab", R"("\t")"}}};

std::optional<std::string> ask_for_meaning(const Entry& entry) {
  const auto* keyword = std::ranges::find(kKeywords, entry.value, &Keyword::word);
  if (entry.quoted || keyword == kKeywords.end()) return std::nullopt;
  return fmt::format("is the word {} meant, or {}? Whichever it is, write it in double quotes",
                     quote(entry.value), keyword->meant);
}

std::expected<std::string, std::string> parse_strict_value(std::string_view text) {
  if (text.starts_with('"')) return parse_quoted_value(text);
  const std::string_view value = trim_blanks(text.substr(0, text.find('#')));
  if (value.empty()) return std::unexpected("expected a value after the setting's name");
  if (value.find_first_of(" \t\"") != std::string_view::npos) {
    return std::unexpected(
        fmt::format("a value with blanks or quotes needs double quotes, found {}", quote(value)));
  }
  return std::string(value);
}

// Reads one file, mistakes and all.
class Reader {
 public:
  Reader(std::string_view text, std::string_view file_name) : text_(text), file_(file_name) {}

  std::expected<Profile, std::vector<FileError>> read() {
    read_lines();
    apply_entries();
    check();
    if (errors_.empty()) return std::move(profile_);
    std::ranges::stable_sort(errors_, {}, &FileError::line);
    return std::unexpected(std::move(errors_));
  }

 private:
  void read_lines() {
    pass_byte_order_mark(text_);
    for (std::size_t number = 1; !text_.empty(); ++number) {
      const std::string_view line = take_line(text_);
      if (!is_comment_or_blank(line)) read_line(trim_blanks(line), number);
    }
  }

  void read_line(std::string_view line, std::size_t number) {
    const std::string_view name = name_of_setting(line);
    const auto settings = profile_settings();
    const auto setting = std::ranges::find(settings, name, &ProfileSetting::name);
    if (setting == settings.end()) {
      const std::vector<std::string_view> names = names_of_settings();
      spoilt_.insert(closest_name(name, names));
      return add_error(number, explain_unknown_setting(name, names));
    }
    const auto earlier = std::ranges::find(entries_, setting->name, &Entry::name);
    if (earlier != entries_.end()) {
      return add_error(
          number, fmt::format("{} is set twice, first in line {}", setting->name, earlier->line));
    }
    const std::string_view rest = trim_blanks(line.substr(name.size()));
    auto value = parse_strict_value(rest);
    if (!value) return spoil(*setting, number, value.error());
    entries_.push_back({setting->name, *std::move(value), number, rest.starts_with('"')});
  }

  void apply_entries() {
    for (const ProfileSetting& setting : profile_settings()) {
      const auto entry = std::ranges::find(entries_, setting.name, &Entry::name);
      if (entry == entries_.end()) continue;
      auto bad = setting.takes_text ? ask_for_meaning(*entry) : std::nullopt;
      if (!bad) bad = setting.apply(profile_, entry->value);
      if (bad) spoil(setting, entry->line, *bad);
    }
  }

  void check() {
    if (spoilt_.contains("base")) return;
    std::vector<Inconsistency> found = find_inconsistencies(profile_);
    if (auto name = find_false_name(profile_)) found.push_back(*std::move(name));
    for (Inconsistency& one : found) {
      const bool explained = std::ranges::any_of(
          one.settings, [this](std::string_view setting) { return spoilt_.contains(setting); });
      if (!explained) add_error(line_of(one.settings), std::move(one.message));
    }
  }

  // Scenarios are meant for profiles of a name. The framing is what they must be able to rely on.
  static std::optional<Inconsistency> find_false_name(const Profile& profile) {
    const Profile* known = find_profile(profile.name);
    if (!known || known->line_end == profile.line_end) return std::nullopt;
    return Inconsistency{{"line-end", "name", "base"},
                         fmt::format("line-end is not that of the built-in profile {}, whose name "
                                     "this one has; choose another `name`",
                                     quote(profile.name))};
  }

  // Of the settings, where the first is set that the file has, or 0.
  std::size_t line_of(const std::vector<std::string_view>& settings) const {
    for (const std::string_view setting : settings) {
      const auto entry = std::ranges::find(entries_, setting, &Entry::name);
      if (entry != entries_.end()) return entry->line;
    }
    return 0;
  }

  void spoil(const ProfileSetting& setting, std::size_t line, std::string_view message) {
    spoilt_.insert(setting.name);
    add_error(line, fmt::format("{}: {}", setting.name, message));
  }

  void add_error(std::size_t line, std::string message) {
    errors_.push_back({std::string(file_), line, std::move(message)});
  }

  std::string_view text_;
  std::string_view file_;
  std::vector<Entry> entries_;
  std::vector<FileError> errors_;
  std::set<std::string_view> spoilt_;  // settings whose value is not what the file wants
  Profile profile_ = builtin_profiles().front();
};

}  // namespace

std::expected<Profile, std::vector<FileError>> parse_profile(std::string_view text,
                                                             std::string_view file_name) {
  return Reader(text, file_name).read();
}

}  // namespace chat
