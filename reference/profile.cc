#include "reference/profile.h"

#include <array>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reference/escape.h"
#include "reference/quote.h"
#include "reference/signature.h"

namespace chat {
namespace {

Profile make_line() {
  return {.name = "line",
          .line_end = LineEnd::kLf,
          .escape = '\\',
          .escaped = "\\.",
          .terminator = ".",
          .hash_join = "",
          .key_position = KeyPosition::kAfterText,
          .hello = "HELLO",
          .data = "DATA",
          .pass = "PASS",
          .fail = "FAIL",
          .quit = "QUIT",
          .ok = "260 OK",
          .signature = "270 SIG"};
}

Profile make_crlf() {
  Profile profile = make_line();
  profile.name = "crlf";
  profile.line_end = LineEnd::kCrlf;
  return profile;
}

Profile make_bare() {
  Profile profile = make_line();
  profile.name = "bare";
  profile.line_end = LineEnd::kNone;
  profile.escape.reset();
  profile.escaped.clear();
  return profile;
}

constexpr std::array<HashName, 11> kHashes{{{"sha-256", "SHA-256", 32},
                                            {"sha-1", "SHA-1", 20},
                                            {"sha-224", "SHA-224", 28},
                                            {"sha-384", "SHA-384", 48},
                                            {"sha-512", "SHA-512", 64},
                                            {"sha-512-256", "SHA-512-256", 32},
                                            {"sha3-224", "SHA-3(224)", 28},
                                            {"sha3-256", "SHA-3(256)", 32},
                                            {"sha3-384", "SHA-3(384)", 48},
                                            {"sha3-512", "SHA-3(512)", 64},
                                            {"md5", "MD5", 16}}};

struct Word {
  std::string_view setting;
  std::string Profile::* value;
};

constexpr std::array<Word, 8> kWords{{{"hello", &Profile::hello},
                                      {"data", &Profile::data},
                                      {"pass", &Profile::pass},
                                      {"fail", &Profile::fail},
                                      {"quit", &Profile::quit},
                                      {"ok", &Profile::ok},
                                      {"signature", &Profile::signature},
                                      {"terminator", &Profile::terminator}}};
constexpr std::size_t kUnits = 7;  // those before the terminator

bool has_line_end_bytes(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

std::optional<std::string> find_bad_word(const Profile& profile) {
  for (const Word& word : kWords) {
    const std::string& value = profile.*word.value;
    if (value.empty()) return fmt::format("{} must not be empty", word.setting);
    if (has_line_end_bytes(value)) {
      return fmt::format("{} must not hold a CR or LF, found {}", word.setting, quote(value));
    }
  }
  return std::nullopt;
}

// Equal words are told apart nowhere; in a profile without line ends neither is a word that begins
// another, or that begins with a whole signature or could be the beginning of one.
std::optional<std::string> find_confusable_words(const Profile& profile) {
  for (std::size_t i = 0; i < kUnits; ++i) {
    for (std::size_t j = 0; j < kUnits; ++j) {
      const std::string& a = profile.*kWords[i].value;
      const std::string& b = profile.*kWords[j].value;
      if (i == j || (profile.has_line_ends() ? a != b : !b.starts_with(a))) continue;
      return fmt::format("{} {} cannot be told from {} {}", kWords[i].setting, quote(a),
                         kWords[j].setting, quote(b));
    }
  }
  if (profile.has_line_ends()) return std::nullopt;
  for (const Word& word : std::span(kWords).first(kUnits)) {
    const std::string& value = profile.*word.value;
    if (is_signature(profile, value.substr(0, signature_size(profile)))) {
      return fmt::format("{} {} cannot be told from a signature", word.setting, quote(value));
    }
    if (begins_signature(profile, value)) {
      return fmt::format("{} {} cannot be told from the beginning of a signature", word.setting,
                         quote(value));
    }
  }
  return std::nullopt;
}

std::optional<std::string> find_bad_escaping(const Profile& profile) {
  if (!profile.escapes()) return std::nullopt;
  if (has_line_end_bytes({&*profile.escape, 1})) return "escape must not be CR or LF";
  if (has_line_end_bytes(profile.escaped)) return "escaped must not hold a CR or LF";
  if (profile.escaped.empty()) {
    return "escaped must name at least one character where there is an escape character";
  }
  std::string text;
  std::string sent;
  unescape_line(profile, profile.terminator, text);
  escape_text_line(profile, text, sent);
  if (sent != profile.terminator) return std::nullopt;
  return fmt::format(
      "terminator {} must contain an unescaped character of escaped {}, or a line of text could "
      "look "
      "like it",
      quote(profile.terminator), quote(profile.escaped));
}

}  // namespace

std::string_view Profile::line_end_bytes() const {
  switch (line_end) {
    case LineEnd::kNone:
      return "";
    case LineEnd::kLf:
      return "\n";
    case LineEnd::kCrlf:
      return "\r\n";
  }
  std::unreachable();
}

std::span<const Profile> builtin_profiles() {
  static const std::array<Profile, 3> profiles{make_line(), make_crlf(), make_bare()};
  return profiles;
}

std::span<const HashName> known_hashes() {
  return kHashes;
}

const HashName* find_hash(std::string_view setting) {
  for (const HashName& one : kHashes) {
    if (one.setting == setting) return &one;
  }
  return nullptr;
}

const Profile* find_profile(std::string_view name) {
  for (const Profile& profile : builtin_profiles()) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

std::optional<std::string> find_inconsistency(const Profile& profile) {
  if (!find_hash(profile.hash)) return fmt::format("hash {} is not known", quote(profile.hash));
  if (auto bad = find_bad_word(profile)) return bad;
  if (auto bad = find_confusable_words(profile)) return bad;
  return find_bad_escaping(profile);
}

}  // namespace chat
