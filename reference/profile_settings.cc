#include "reference/profile_settings.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reference/quote.h"
#include "reference/suggest.h"

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
  constexpr std::array<std::string_view, 2> kWords{"none", "dot-stuffing"};
  const bool is_character = value.size() == 1;
  if (!is_character && std::ranges::find(kWords, value) == kWords.end())
    return bad_value("one character, none or dot-stuffing", value) + did_you_mean(value, kWords);
  profile.escape = is_character ? std::optional(value.front()) : std::nullopt;
  profile.dot_stuffing = value == "dot-stuffing";
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

std::optional<std::string> set_signature_position(Profile& profile, const std::string& value) {
  return choose<SignaturePosition, 2>(profile.signature_position, value,
                                      {{{"own-unit", SignaturePosition::kOwnUnit},
                                        {"behind-reply", SignaturePosition::kBehindReply}}});
}

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
    {"base", kWord, set_base},
    {"name", kWord, set_name},
    {"line-end", kWord, set_line_end},
    {"escape", kWord, set_escape},
    {"escaped", kText, set_text<&Profile::escaped>},
    {"terminator", kText, set_text<&Profile::terminator>},
    {"hash-join", kText, set_text<&Profile::hash_join>},
    {"key-position", kWord, set_key_position},
    {"hash", kWord, set_hash},
    {"signature-coding", kWord, set_signature_coding},
    {"hello", kText, set_text<&Profile::hello>},
    {"data", kText, set_text<&Profile::data>},
    {"pass", kText, set_text<&Profile::pass>},
    {"fail", kText, set_text<&Profile::fail>},
    {"quit", kText, set_text<&Profile::quit>},
    {"ok", kText, set_text<&Profile::ok>},
    {"signature", kText, set_text<&Profile::signature>},
    {"signature-position", kWord, set_signature_position},
    {"pass-reply", kText, set_text<&Profile::pass_reply>},
    {"fail-reply", kText, set_text<&Profile::fail_reply>},
    {"error-reply", kWord, set_error_reply},
}};

}  // namespace

std::span<const ProfileSetting> profile_settings() {
  return kSettings;
}

}  // namespace chat
