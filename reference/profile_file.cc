// The text file of a profile: first cut into name and value per line, then applied to the base
// profile through one table.

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "reference/profile.h"
#include "reference/quote.h"
#include "reference/suggest.h"

namespace chat {
namespace {

struct Entry {
  std::string_view name;
  std::string value;
  std::size_t line;
};

// Gives what is wrong with the value, or nothing.
using Apply = std::optional<std::string> (*)(Profile&, const std::string& value);

struct Setting {
  std::string_view name;
  Apply apply;
};

template <std::string Profile::* member>
std::optional<std::string> set_text(Profile& profile, const std::string& value) {
  profile.*member = value;
  return std::nullopt;
}

std::string bad_value(std::string_view expected, const std::string& value) {
  return fmt::format("expected {}, found {}", expected, quote(value));
}

std::optional<std::string> set_name(Profile& profile, const std::string& value) {
  if (value.empty()) return "expected a name, found nothing";
  if (escape_bytes(value) != value)
    return bad_value("a name of printable ASCII without quotes and backslashes", value);
  profile.name = value;
  return std::nullopt;
}

std::optional<std::string> set_line_end(Profile& profile, const std::string& value) {
  if (value == "lf") {
    profile.line_end = LineEnd::kLf;
  } else if (value == "crlf") {
    profile.line_end = LineEnd::kCrlf;
  } else if (value == "none") {
    profile.line_end = LineEnd::kNone;
  } else {
    return bad_value("lf, crlf or none", value);
  }
  return std::nullopt;
}

std::optional<std::string> set_escape(Profile& profile, const std::string& value) {
  if (value == "none") {
    profile.escape.reset();
  } else if (value.size() == 1) {
    profile.escape = value.front();
  } else {
    return bad_value("one character or none", value);
  }
  return std::nullopt;
}

std::optional<std::string> set_key_position(Profile& profile, const std::string& value) {
  if (value == "after") {
    profile.key_position = KeyPosition::kAfterText;
  } else if (value == "before") {
    profile.key_position = KeyPosition::kBeforeText;
  } else {
    return bad_value("after or before", value);
  }
  return std::nullopt;
}

std::optional<std::string> set_base(Profile& profile, const std::string& value) {
  if (const Profile* base = find_profile(value)) {
    profile = *base;
    return std::nullopt;
  }
  return bad_value("line, crlf or bare", value);
}

// The base comes first, since all others are laid over it, wherever it stands in the file.
constexpr std::array<Setting, 15> kSettings{{
    {"base", set_base},
    {"name", set_name},
    {"line-end", set_line_end},
    {"escape", set_escape},
    {"escaped", set_text<&Profile::escaped>},
    {"terminator", set_text<&Profile::terminator>},
    {"hash-join", set_text<&Profile::hash_join>},
    {"key-position", set_key_position},
    {"hello", set_text<&Profile::hello>},
    {"data", set_text<&Profile::data>},
    {"pass", set_text<&Profile::pass>},
    {"fail", set_text<&Profile::fail>},
    {"quit", set_text<&Profile::quit>},
    {"ok", set_text<&Profile::ok>},
    {"signature", set_text<&Profile::signature>},
}};

std::string unknown_setting(std::string_view name) {
  std::array<std::string_view, kSettings.size()> names;
  std::ranges::transform(kSettings, names.begin(), &Setting::name);
  return fmt::format("unknown setting {}{}", quote(name), did_you_mean(name, names));
}

constexpr std::string_view kBlanks = " \t";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_comment_or_blank(std::string_view text) {
  text = trim(text);
  return text.empty() || text.front() == '#';
}

std::expected<std::string, std::string> parse_quoted(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  if (end >= text.size()) return std::unexpected("expected a closing double quote");
  if (!is_comment_or_blank(text.substr(end + 1))) {
    return std::unexpected(fmt::format("expected nothing behind the closing quote, found {}",
                                       quote(trim(text.substr(end + 1)))));
  }
  auto value = unquote(text.substr(1, end - 1));
  if (!value) return std::unexpected(value.error().message);
  return *std::move(value);
}

std::expected<std::string, std::string> parse_value(std::string_view text) {
  if (text.starts_with('"')) return parse_quoted(text);
  const std::string_view value = trim(text.substr(0, text.find('#')));
  if (value.empty()) return std::unexpected("expected a value behind the setting's name");
  if (value.find_first_of(" \t\"") != std::string_view::npos) {
    return std::unexpected(
        fmt::format("a value with blanks or quotes needs double quotes, found {}", quote(value)));
  }
  return std::string(value);
}

std::expected<std::vector<Entry>, FileError> parse_entries(std::string_view text,
                                                           std::string_view file_name) {
  std::vector<Entry> entries;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_comment_or_blank(line)) continue;

    const auto fail = [&](std::string message) {
      return std::unexpected(FileError{std::string(file_name), line_number, std::move(message)});
    };
    line = trim(line);
    const std::string_view name = line.substr(0, line.find_first_of(" \t\"#"));
    if (std::ranges::find(kSettings, name, &Setting::name) == kSettings.end()) {
      return fail(unknown_setting(name));
    }
    const auto earlier = std::ranges::find(entries, name, &Entry::name);
    if (earlier != entries.end()) {
      return fail(fmt::format("{} is set twice, first in line {}", name, earlier->line));
    }
    auto value = parse_value(trim(line.substr(name.size())));
    if (!value) return fail(fmt::format("{}: {}", name, value.error()));
    entries.push_back({name, *std::move(value), line_number});
  }
  return entries;
}

// Scenarios are meant for profiles of a name. The framing is what they must be able to rely on.
std::optional<std::string> find_false_name(const Profile& profile) {
  const Profile* known = find_profile(profile.name);
  if (!known || known->line_end == profile.line_end) return std::nullopt;
  return fmt::format(
      "line-end is not that of the built-in profile {}, whose name this one has; choose another "
      "`name`",
      quote(profile.name));
}

}  // namespace

std::expected<Profile, FileError> parse_profile(std::string_view text, std::string_view file_name) {
  const auto entries = parse_entries(text, file_name);
  if (!entries) return std::unexpected(entries.error());

  Profile profile = builtin_profiles().front();
  for (const Setting& setting : kSettings) {
    const auto entry = std::ranges::find(*entries, setting.name, &Entry::name);
    if (entry == entries->end()) continue;
    if (const auto bad = setting.apply(profile, entry->value)) {
      return std::unexpected(FileError{std::string(file_name), entry->line,
                                       fmt::format("{}: {}", setting.name, *bad)});
    }
  }
  auto bad = find_inconsistency(profile);
  if (!bad) bad = find_false_name(profile);
  if (bad) {
    return std::unexpected(FileError{std::string(file_name), 0, *std::move(bad)});
  }
  return profile;
}

}  // namespace chat
