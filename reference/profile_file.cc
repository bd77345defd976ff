// The text file of a profile: first cut into name and value per line, then applied to the base
// profile through one table.

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/profile.h"
#include "reference/quote.h"
#include "reference/suggest.h"

namespace chat {
namespace {

struct Entry {
  std::string_view name;
  std::string value;
  std::size_t line;
  bool quoted;
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

// "lf, crlf or none"
std::string list_of(std::span<const std::string_view> words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

// Sets what one of a few words stands for.
template <typename T, std::size_t n>
std::optional<std::string> choose(T& member, const std::string& value,
                                  const std::array<std::pair<std::string_view, T>, n>& choices) {
  std::array<std::string_view, n> words;
  for (std::size_t i = 0; i < n; ++i) {
    words[i] = choices[i].first;
    if (value != words[i]) continue;
    member = choices[i].second;
    return std::nullopt;
  }
  return bad_value(list_of(words), value) + did_you_mean(value, words);
}

std::optional<std::string> set_name(Profile& profile, const std::string& value) {
  if (value.empty()) return "expected a name, found nothing";
  if (escape_bytes(value) != value)
    return bad_value("a name of printable ASCII without quotes and backslashes", value);
  profile.name = value;
  return std::nullopt;
}

std::optional<std::string> set_line_end(Profile& profile, const std::string& value) {
  return choose<LineEnd, 3>(
      profile.line_end, value,
      {{{"lf", LineEnd::kLf}, {"crlf", LineEnd::kCrlf}, {"none", LineEnd::kNone}}});
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
  return choose<KeyPosition, 3>(profile.key_position, value,
                                {{{"after", KeyPosition::kAfterText},
                                  {"before", KeyPosition::kBeforeText},
                                  {"hmac", KeyPosition::kHmac}}});
}

std::optional<std::string> set_signature_coding(Profile& profile, const std::string& value) {
  return choose<SignatureCoding, 3>(profile.signature_coding, value,
                                    {{{"hex", SignatureCoding::kHex},
                                      {"upper-case-hex", SignatureCoding::kUpperCaseHex},
                                      {"base64", SignatureCoding::kBase64}}});
}

std::optional<std::string> set_hash(Profile& profile, const std::string& value) {
  std::vector<std::string_view> names;
  for (const HashName& one : known_hashes()) names.push_back(one.setting);
  if (!find_hash(value)) return bad_value(list_of(names), value) + did_you_mean(value, names);
  profile.hash = value;
  return std::nullopt;
}

std::optional<std::string> set_base(Profile& profile, const std::string& value) {
  if (const Profile* base = find_profile(value)) {
    profile = *base;
    return std::nullopt;
  }
  std::vector<std::string_view> names;
  for (const Profile& one : builtin_profiles()) names.push_back(one.name);
  return bad_value(list_of(names), value) + did_you_mean(value, names);
}

// The base comes first, since all others are laid over it, wherever it stands in the file.
constexpr std::array<Setting, 17> kSettings{{
    {"base", set_base},
    {"name", set_name},
    {"line-end", set_line_end},
    {"escape", set_escape},
    {"escaped", set_text<&Profile::escaped>},
    {"terminator", set_text<&Profile::terminator>},
    {"hash-join", set_text<&Profile::hash_join>},
    {"key-position", set_key_position},
    {"hash", set_hash},
    {"signature-coding", set_signature_coding},
    {"hello", set_text<&Profile::hello>},
    {"data", set_text<&Profile::data>},
    {"pass", set_text<&Profile::pass>},
    {"fail", set_text<&Profile::fail>},
    {"quit", set_text<&Profile::quit>},
    {"ok", set_text<&Profile::ok>},
    {"signature", set_text<&Profile::signature>},
}};

// The settings whose values are words of their own; the others take any text.
constexpr std::array<std::string_view, 7> kChoices{
    "base", "name", "line-end", "escape", "key-position", "hash", "signature-coding"};

std::string unknown_setting(std::string_view name) {
  std::array<std::string_view, kSettings.size()> names;
  std::ranges::transform(kSettings, names.begin(), &Setting::name);
  return fmt::format("unknown setting {}{}; known are {}", quote(name), did_you_mean(name, names),
                     fmt::join(names, ", "));
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

bool takes_text(const Setting& setting) {
  return std::ranges::find(kChoices, setting.name) == kChoices.end();
}

std::optional<std::string> ask_for_meaning(const Entry& entry) {
  const auto* keyword = std::ranges::find(kKeywords, entry.value, &Keyword::word);
  if (entry.quoted || keyword == kKeywords.end()) return std::nullopt;
  return fmt::format("is the word {} meant, or {}? Whichever it is, write it in double quotes",
                     quote(entry.value), keyword->meant);
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
    const std::string_view rest = trim(line.substr(name.size()));
    auto value = parse_value(rest);
    if (!value) return fail(fmt::format("{}: {}", name, value.error()));
    entries.push_back({name, *std::move(value), line_number, rest.starts_with('"')});
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
    auto bad = takes_text(setting) ? ask_for_meaning(*entry) : std::nullopt;
    if (!bad) bad = setting.apply(profile, entry->value);
    if (bad) {
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
