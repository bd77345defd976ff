#include "reference/profile_settings.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chat {
namespace {

template <auto member>
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

template <auto member, const auto& words>
std::optional<std::string> set_word(Profile& profile, const std::string& value) {
  return choose(profile.*member, value, words);
}

template <auto member, const auto& words>
std::optional<std::string> word_of(const Profile& profile) {
  for (const auto& [word, meaning] : words) {
    if (meaning == profile.*member) return std::string(word);
  }
  assert(false);  // each has a word
  return {};
}

template <auto member>
std::optional<std::string> text_of(const Profile& profile) {
  return profile.*member;
}

std::optional<std::string> escape_of(const Profile& profile) {
  if (profile.dot_stuffing) return "dot-stuffing";
  return profile.escape ? std::string(1, *profile.escape) : "none";
}

std::optional<std::string> error_reply_of(const Profile& profile) {
  return profile.error_reply.value_or("none");
}

std::optional<std::string> no_base(const Profile&) {
  return std::nullopt;  // all that it had is said
}

std::optional<std::string> set_name(Profile& profile, const std::string& value) {
  if (value.empty()) return "expected a name, found nothing";
  if (escape_bytes(value) != value)
    return bad_value("a name of printable ASCII without quotes and backslashes", value);
  profile.name = value;
  return std::nullopt;
}

constexpr std::array kLineEnds{
    std::pair{std::string_view("lf"), LineEnd::kLf},
    std::pair{std::string_view("crlf"), LineEnd::kCrlf},
    std::pair{std::string_view("none"), LineEnd::kNone},
};

std::optional<std::string> set_escape(Profile& profile, const std::string& value) {
  constexpr std::array<std::string_view, 2> kWords{"none", "dot-stuffing"};
  const bool is_character = value.size() == 1;
  if (!is_character && std::ranges::find(kWords, value) == kWords.end())
    return bad_value("one character, none or dot-stuffing", value) + did_you_mean(value, kWords);
  profile.escape = is_character ? std::optional(value.front()) : std::nullopt;
  profile.dot_stuffing = value == "dot-stuffing";
  return std::nullopt;
}

constexpr std::array kKeyPositions{
    std::pair{std::string_view("after"), KeyPosition::kAfterText},
    std::pair{std::string_view("before"), KeyPosition::kBeforeText},
    std::pair{std::string_view("hmac"), KeyPosition::kHmac},
};

constexpr std::array kSignatureCodings{
    std::pair{std::string_view("hex"), SignatureCoding::kHex},
    std::pair{std::string_view("upper-case-hex"), SignatureCoding::kUpperCaseHex},
    std::pair{std::string_view("base64"), SignatureCoding::kBase64},
};

constexpr std::array kSignaturePositions{
    std::pair{std::string_view("own-unit"), SignaturePosition::kOwnUnit},
    std::pair{std::string_view("behind-reply"), SignaturePosition::kBehindReply},
};

std::optional<std::string> set_error_reply(Profile& profile, const std::string& value) {
  profile.error_reply = value == "none" ? std::nullopt : std::optional(value);
  return std::nullopt;
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

constexpr bool kText = true;
constexpr bool kWord = false;
constexpr std::array<ProfileSetting, 21> kSettings{{
    {"base", kWord, set_base, no_base},
    {"name", kWord, set_name, text_of<&Profile::name>},
    {"line-end", kWord, set_word<&Profile::line_end, kLineEnds>,
     word_of<&Profile::line_end, kLineEnds>},
    {"escape", kWord, set_escape, escape_of},
    {"escaped", kText, set_text<&Profile::escaped>, text_of<&Profile::escaped>},
    {"terminator", kText, set_text<&Profile::terminator>, text_of<&Profile::terminator>},
    {"hash-join", kText, set_text<&Profile::hash_join>, text_of<&Profile::hash_join>},
    {"key-position", kWord, set_word<&Profile::key_position, kKeyPositions>,
     word_of<&Profile::key_position, kKeyPositions>},
    {"hash", kWord, set_hash, text_of<&Profile::hash>},
    {"signature-coding", kWord, set_word<&Profile::signature_coding, kSignatureCodings>,
     word_of<&Profile::signature_coding, kSignatureCodings>},
    {"hello", kText, set_text<&Profile::hello>, text_of<&Profile::hello>},
    {"data", kText, set_text<&Profile::data>, text_of<&Profile::data>},
    {"pass", kText, set_text<&Profile::pass>, text_of<&Profile::pass>},
    {"fail", kText, set_text<&Profile::fail>, text_of<&Profile::fail>},
    {"quit", kText, set_text<&Profile::quit>, text_of<&Profile::quit>},
    {"ok", kText, set_text<&Profile::ok>, text_of<&Profile::ok>},
    {"signature", kText, set_text<&Profile::signature>, text_of<&Profile::signature>},
    {"signature-position", kWord, set_word<&Profile::signature_position, kSignaturePositions>,
     word_of<&Profile::signature_position, kSignaturePositions>},
    {"pass-reply", kText, set_text<&Profile::pass_reply>, text_of<&Profile::pass_reply>},
    {"fail-reply", kText, set_text<&Profile::fail_reply>, text_of<&Profile::fail_reply>},
    {"error-reply", kWord, set_error_reply, error_reply_of},
}};

}  // namespace

std::span<const ProfileSetting> profile_settings() {
  return kSettings;
}

std::map<std::string, std::string> list_settings(const Profile& profile) {
  std::map<std::string, std::string> settings;
  for (const ProfileSetting& setting : kSettings) {
    const auto value = setting.value(profile);
    if (value && setting.name != "name") settings.emplace(setting.name, *value);
  }
  return settings;
}

std::expected<Profile, std::string> make_profile(
    const std::string& name, const std::map<std::string, std::string>& settings) {
  Profile profile;
  if (auto wrong = set_name(profile, name)) return std::unexpected("name: " + *wrong);
  for (const auto& [setting_name, value] : settings) {
    const auto setting = std::ranges::find(kSettings, setting_name, &ProfileSetting::name);
    if (setting == kSettings.end() || setting_name == "base" || setting_name == "name")
      return std::unexpected(fmt::format("unknown setting {}", quote(setting_name)));
    if (auto wrong = setting->apply(profile, value))
      return std::unexpected(fmt::format("{}: {}", setting_name, *wrong));
  }
  const auto inconsistencies = find_inconsistencies(profile);
  if (!inconsistencies.empty()) return std::unexpected(inconsistencies.front().message);
  return profile;
}

}  // namespace chat
