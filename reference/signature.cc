#include "reference/signature.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include <botan/hash.h>

#include "reference/framing.h"

namespace chat {

// Botan's hash, and all that is known of Botan here.
class Signer::Hash {
 public:
  static constexpr std::size_t kBytes = kSignatureDigits / 2;

  Hash() : function_(Botan::HashFunction::create("SHA-256")) {
    if (function_ == nullptr) {
      std::fputs("chatspec: this Botan was built without SHA-256\n", stderr);
      std::abort();
    }
  }

  void clear() { function_->clear(); }

  void update(std::string_view bytes) {
    function_->update(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }

  std::string finish() {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<std::uint8_t, kBytes> digest{};
    function_->final(digest.data());
    std::string out;
    out.reserve(kSignatureDigits);
    for (const std::uint8_t byte : digest) {
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
    return out;
  }

 private:
  std::unique_ptr<Botan::HashFunction> function_;
};

Signer::Signer(const Profile& profile) : profile_(&profile), hash_(std::make_unique<Hash>()) {}
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;
Signer::~Signer() = default;

void Signer::begin(std::string_view key) {
  hash_->clear();
  key_ = key;
  between_lines_ = false;
  if (profile_->key_position == KeyPosition::kBeforeText) hash_->update(key_);
}

// What joins two lines is due when the second one begins; behind the last there is nothing.
void Signer::start_line() {
  if (!between_lines_) return;
  between_lines_ = false;
  if (!profile_->hash_join.empty()) hash_->update(profile_->hash_join);
}

void Signer::text(std::string_view piece) {
  start_line();
  hash_->update(piece);
}

void Signer::line_end() {
  start_line();
  between_lines_ = true;
}

std::string Signer::finish() {
  if (profile_->key_position == KeyPosition::kAfterText) hash_->update(key_);
  return hash_->finish();
}

std::string sign(const Profile& profile, std::string_view text, std::string_view key) {
  Signer signer(profile);
  signer.begin(key);
  for (const std::string_view line : text_lines(text)) {
    signer.text(line);
    signer.line_end();
  }
  return signer.finish();
}

std::string sha256_hex(std::string_view bytes) {
  Signer::Hash hash;
  hash.update(bytes);
  return hash.finish();
}

bool is_signature(std::string_view text) {
  return text.size() == kSignatureDigits &&
         text.find_first_not_of(kHexDigits) == std::string_view::npos;
}

bool same_signature(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace chat
