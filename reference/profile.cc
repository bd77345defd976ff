#include "reference/profile.h"

#include <array>
#include <utility>

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

}  // namespace chat
