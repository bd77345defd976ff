// Signatures (SIG-1): a hash, SHA-256 if the profile names no other, over the lines of a text and a
// key.

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "reference/profile.h"
#include "reference/text_sink.h"

namespace chat {

inline constexpr std::size_t kSignatureDigits = 64;  // in the built-in profiles
inline constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";

// Signs one text after another with the same hash object. Not thread-safe. Borrows the profile.
class Signer : public TextSink {
 public:
  explicit Signer(const Profile& profile);
  Signer(Signer&&) noexcept;
  Signer& operator=(Signer&&) noexcept;
  ~Signer() override;

  // Starts a text; drops whatever was begun before. The key is copied.
  void begin(std::string_view key);
  void text(std::string_view piece) override;
  void line_end() override;
  // The signature, coded as the profile says. begin() must follow. A last line needs no line_end().
  std::string finish();

 private:
  class Hash;
  friend class Digest;
  friend std::string sha256_hex(std::string_view bytes);
  friend std::string hash_of(const Profile& profile, std::string_view bytes);
  friend std::string hash_of(const Profile& profile, std::string_view text, std::string_view key);

  void start_line();

  const Profile* profile_;
  std::unique_ptr<Hash> hash_;
  std::string key_;
  bool between_lines_ = false;
};

// Values of one hash, uncoded, of one stretch of bytes after another. Not thread-safe.
class Digest {
 public:
  explicit Digest(const HashName& hash);
  Digest(Digest&&) noexcept;
  ~Digest();

  std::string of(std::string_view bytes);
  // Its HMAC.
  std::string of(std::string_view bytes, std::string_view key);

 private:
  std::unique_ptr<Signer::Hash> plain_;
  std::unique_ptr<Signer::Hash> keyed_;
};

// The value that these characters stand for in the coding, of whatever length; nothing where they
// stand for none. Hexadecimal digits may be of either case.
std::optional<std::string> decode_signature(SignatureCoding coding, std::string_view text);

// In lower-case hexadecimal digits.
std::string to_hex(std::string_view bytes);

// The signature of a whole text, whose lines are separated by LF.
std::string sign(const Profile& profile, std::string_view text, std::string_view key);

// The profile's hash of the bytes, without a key, coded as a signature.
std::string hash_of(const Profile& profile, std::string_view bytes);
// That of a text and a key, put together as the profile says.
std::string hash_of(const Profile& profile, std::string_view text, std::string_view key);

// How many characters a signature has.
std::size_t signature_size(const Profile& profile);
// "64 hexadecimal digits": what a signature is.
std::string describe_signatures(const Profile& profile);
// The characters that a signature may have, without the padding of base64.
std::string_view signature_digits(const Profile& profile);
// Whether it is a signature; of hexadecimal digits either case is taken.
bool is_signature(const Profile& profile, std::string_view text);
// Whether it is a signature or could be the beginning of one.
bool begins_signature(const Profile& profile, std::string_view text);
// Whether both are the same; in hexadecimal digits case does not matter (SIG-5).
bool same_signature(const Profile& profile, std::string_view a, std::string_view b);
// With its hexadecimal digits in the case of the profile.
std::string in_right_case(const Profile& profile, std::string_view signature);

// SHA-256 of the bytes, in lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// Whether it is 64 hexadecimal digits, in either case.
bool is_signature(std::string_view text);

// Whether both are the same, upper-case digits taken for lower-case ones (SIG-5).
bool same_signature(std::string_view a, std::string_view b);

}  // namespace chat
