// Signatures (SIG-1): SHA-256 over the lines of a text and a key.

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "reference/profile.h"
#include "reference/text_sink.h"

namespace chat {

inline constexpr std::size_t kSignatureDigits = 64;
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
  // The signature, in lower-case digits. begin() must follow. A last line needs no line_end().
  std::string finish();

 private:
  class Hash;
  friend std::string sha256_hex(std::string_view bytes);

  void start_line();

  const Profile* profile_;
  std::unique_ptr<Hash> hash_;
  std::string key_;
  bool between_lines_ = false;
};

// The signature of a whole text, whose lines are separated by LF.
std::string sign(const Profile& profile, std::string_view text, std::string_view key);

// SHA-256 of the bytes, in lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// Whether it is 64 hexadecimal digits, in either case.
bool is_signature(std::string_view text);

// Whether both are the same, upper-case digits taken for lower-case ones (SIG-5).
bool same_signature(std::string_view a, std::string_view b);

}  // namespace chat
