// A wire profile: everything about the protocol that a course may have settled in its own way, as
// data. PROTOCOL.md, "Profiles", says what each part means.

#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/text/file_error.h"

namespace chat {

enum class LineEnd { kNone, kLf, kCrlf };
// Where the key is: in the hash, or what the hash is keyed with (HMAC, RFC 2104).
enum class KeyPosition { kAfterText, kBeforeText, kHmac };
enum class SignatureCoding { kHex, kUpperCaseHex, kBase64 };
// Whether the signature is a unit of its own or stands in that of the reply, after a blank.
enum class SignaturePosition { kOwnUnit, kBehindReply };

// A hash that signatures may be made with.
struct HashName {
  std::string_view setting;  // in a profile's file
  std::string_view botan;    // what Botan calls it
  std::size_t bytes;         // of its value
};
// All of them. They live as long as the program.
std::span<const HashName> known_hashes();
const HashName* find_hash(std::string_view setting);

struct Profile {
  std::string name;  // what reports call it

  LineEnd line_end = LineEnd::kLf;  // what ends a unit as sent (FRAME-1)
  std::optional<char> escape;       // the escape character of a text's lines, if there is one
  // A line that begins like the terminator gets its first character twice (RFC 5321, 4.5.2). Not
  // together with `escape`.
  bool dot_stuffing = false;
  std::string escaped;     // the characters that `escape` stands before (ESC-1)
  std::string terminator;  // the line that ends a text (DATA-3)
  std::string hash_join;   // what joins the lines for the hash (SIG-1)
  KeyPosition key_position = KeyPosition::kAfterText;
  std::string hash = "sha-256";  // the `setting` of a known hash
  SignatureCoding signature_coding = SignatureCoding::kHex;

  std::string hello, data, pass, fail, quit;  // the commands
  std::string ok, signature;                  // the replies
  SignaturePosition signature_position = SignaturePosition::kOwnUnit;
  std::optional<std::string> pass_reply{};  // to PASS and FAIL, where it is not `ok`
  std::optional<std::string> fail_reply{};
  std::optional<std::string> error_reply{};  // to a violation, before the server closes

  // "", "\n" or "\r\n".
  std::string_view line_end_bytes() const;
  bool has_line_ends() const { return line_end != LineEnd::kNone; }
  bool escapes() const { return escape.has_value(); }
  bool has_signature_behind_reply() const {
    return signature_position == SignaturePosition::kBehindReply;
  }
  const std::string& reply_to_pass() const { return pass_reply ? *pass_reply : ok; }
  const std::string& reply_to_fail() const { return fail_reply ? *fail_reply : ok; }

  bool operator==(const Profile&) const = default;
};

// `line` (the default), `crlf` and `bare`, in this order. They live as long as the program.
std::span<const Profile> builtin_profiles();

// The builtin profile of that name, or null.
const Profile* find_profile(std::string_view name);

// Reads a profile's text file (PROTOCOL.md, "A profile of one's own") and checks that the result
// makes sense: that every unit and the terminator can be told apart. The error is every mistake of
// the file, in the order of its lines. `file_name` is for errors only.
std::expected<Profile, std::vector<FileError>> parse_profile(std::string_view text,
                                                             std::string_view file_name);

// What does not go together in a profile.
struct Inconsistency {
  std::vector<std::string_view> settings;  // between which it lies, as a file names them
  std::string message;
};

// Why `profile` cannot be used; nothing where it can. What parse_profile() holds a file to, for
// profiles made by hand.
std::vector<Inconsistency> find_inconsistencies(const Profile& profile);

// Whether it is one of its commands, verdicts and replies, without a line end.
bool is_word_of(const Profile& profile, std::string_view unit);

}  // namespace chat
