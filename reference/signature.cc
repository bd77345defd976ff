#include "reference/signature.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <utility>
#include <vector>

#include <botan/base64.h>
#include <botan/hash.h>
#include <botan/mac.h>
#include <fmt/format.h>

#include "reference/framing.h"

namespace chat {

namespace {

constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// HMAC takes the hash of a key that is longer than a block for the key (RFC 2104), and no hash has
// blocks as long as this.
constexpr std::size_t kLongKeyBytes = 1024;

std::string to_hex(std::span<const std::uint8_t> bytes, std::string_view digits) {
  std::string out;
  out.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::string code(SignatureCoding coding, std::span<const std::uint8_t> bytes) {
  switch (coding) {
    case SignatureCoding::kHex:
      return to_hex(bytes, "0123456789abcdef");
    case SignatureCoding::kUpperCaseHex:
      return to_hex(bytes, "0123456789ABCDEF");
    case SignatureCoding::kBase64:
      return Botan::base64_encode(bytes.data(), bytes.size());
  }
  std::unreachable();
}

std::size_t hash_bytes(const Profile& profile) {
  return find_hash(profile.hash)->bytes;
}

template <typename T>
std::unique_ptr<T> made(std::unique_ptr<T> object, const std::string& name) {
  if (object == nullptr) {
    std::fprintf(stderr, "chatspec: this Botan was built without %s\n", name.c_str());
    std::abort();
  }
  return object;
}

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

// Botan's hash, with or without a key, and all that is known of Botan here.
class Signer::Hash {
 public:
  Hash(const std::string& name, std::size_t bytes, bool keyed)
      : hash_(made(Botan::HashFunction::create(name), name)), value_(bytes) {
    const std::string mac = "HMAC(" + name + ")";
    if (keyed) mac_ = made(Botan::MessageAuthenticationCode::create(mac), mac);
  }
  explicit Hash(const Profile& profile)
      : Hash(std::string(find_hash(profile.hash)->botan), hash_bytes(profile),
             profile.key_position == KeyPosition::kHmac) {}

  // Forgets what was put in. The key counts for keyed hashes only.
  void begin(std::string_view key) {
    hash_->clear();
    if (mac_ == nullptr) return;
    if (key.size() <= kLongKeyBytes) return mac_->set_key(as_bytes(key).data(), key.size());
    hash_->update(as_bytes(key).data(), key.size());
    hash_->final(value_.data());
    mac_->set_key(value_.data(), value_.size());
  }

  void update(std::string_view bytes) {
    const auto data = as_bytes(bytes);
    if (mac_ != nullptr) return mac_->update(data.data(), data.size());
    hash_->update(data.data(), data.size());
  }

  std::span<const std::uint8_t> finish() {
    if (mac_ != nullptr) {
      mac_->final(value_.data());
    } else {
      hash_->final(value_.data());
    }
    return value_;
  }

 private:
  std::unique_ptr<Botan::HashFunction> hash_;
  std::unique_ptr<Botan::MessageAuthenticationCode> mac_;
  std::vector<std::uint8_t> value_;
};

namespace {

std::string as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Digest::Digest(const HashName& hash)
    : plain_(std::make_unique<Signer::Hash>(std::string(hash.botan), hash.bytes, false)),
      keyed_(std::make_unique<Signer::Hash>(std::string(hash.botan), hash.bytes, true)) {}
Digest::Digest(Digest&&) noexcept = default;
Digest::~Digest() = default;

std::string Digest::of(std::string_view bytes) {
  plain_->begin("");
  plain_->update(bytes);
  return as_text(plain_->finish());
}

std::string Digest::of(std::string_view bytes, std::string_view key) {
  keyed_->begin(key);
  keyed_->update(bytes);
  return as_text(keyed_->finish());
}

std::string to_hex(std::string_view bytes) {
  return to_hex(as_bytes(bytes), "0123456789abcdef");
}

std::optional<std::string> decode_signature(SignatureCoding coding, std::string_view text) {
  if (coding == SignatureCoding::kBase64) {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    const std::size_t digits = std::min(text.find('='), text.size());
    const bool well_formed =
        text.substr(0, digits).find_first_not_of(kBase64Digits) == std::string_view::npos &&
        text.size() - digits <= 2 && text.substr(digits).find_first_not_of('=') == text.npos;
    if (!well_formed) return std::nullopt;
    return as_text(Botan::unlock(Botan::base64_decode(text.data(), text.size())));
  }
  if (text.empty() || text.size() % 2 != 0 ||
      text.find_first_not_of(kHexDigits) != std::string_view::npos)
    return std::nullopt;
  std::string value;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto digit = [&](std::size_t at) {
      const std::size_t place = kHexDigits.find(text[at]);
      return place < 16 ? place : place - 6;  // capitals stand after the others
    };
    value += static_cast<char>(16 * digit(i) + digit(i + 1));
  }
  return value;
}

Signer::Signer(const Profile& profile)
    : profile_(&profile), hash_(std::make_unique<Hash>(profile)) {}
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;
Signer::~Signer() = default;

void Signer::begin(std::string_view key) {
  hash_->begin(key);
  key_ = key;
  between_lines_ = false;
  if (profile_->key_position == KeyPosition::kBeforeText) hash_->update(key_);
}

// What joins two lines is due when the second one begins; after the last there is nothing.
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
  return code(profile_->signature_coding, hash_->finish());
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
  return hash_of(*find_profile("line"), bytes);
}

std::string hash_of(const Profile& profile, std::string_view bytes) {
  Signer::Hash hash(std::string(find_hash(profile.hash)->botan), hash_bytes(profile), false);
  hash.update(bytes);
  return code(profile.signature_coding, hash.finish());
}

std::string hash_of(const Profile& profile, std::string_view text, std::string_view key) {
  Signer::Hash hash(profile);
  hash.begin(key);
  if (profile.key_position == KeyPosition::kBeforeText) hash.update(key);
  hash.update(text);
  if (profile.key_position == KeyPosition::kAfterText) hash.update(key);
  return code(profile.signature_coding, hash.finish());
}

std::size_t signature_size(const Profile& profile) {
  const std::size_t bytes = hash_bytes(profile);
  return profile.signature_coding == SignatureCoding::kBase64 ? (bytes + 2) / 3 * 4 : 2 * bytes;
}

std::string describe_signatures(const Profile& profile) {
  return fmt::format("{} {}", signature_size(profile),
                     profile.signature_coding == SignatureCoding::kBase64 ? "characters of base64"
                                                                          : "hexadecimal digits");
}

std::string_view signature_digits(const Profile& profile) {
  return profile.signature_coding == SignatureCoding::kBase64 ? kBase64Digits : kHexDigits;
}

bool is_signature(const Profile& profile, std::string_view text) {
  if (text.size() != signature_size(profile)) return false;
  if (profile.signature_coding == SignatureCoding::kBase64) {
    const std::size_t padding = (3 - hash_bytes(profile) % 3) % 3;
    if (text.substr(text.size() - padding) != std::string_view("==").substr(2 - padding))
      return false;
    text.remove_suffix(padding);
  }
  return text.find_first_not_of(signature_digits(profile)) == std::string_view::npos;
}

bool begins_signature(const Profile& profile, std::string_view text) {
  if (text.size() >= signature_size(profile)) return is_signature(profile, text);
  if (profile.signature_coding == SignatureCoding::kBase64) {
    const std::size_t padding = (3 - hash_bytes(profile) % 3) % 3;
    text = text.substr(0, signature_size(profile) - padding);
  }
  return text.find_first_not_of(signature_digits(profile)) == std::string_view::npos;
}

bool same_signature(const Profile& profile, std::string_view a, std::string_view b) {
  return profile.signature_coding == SignatureCoding::kBase64 ? a == b : same_signature(a, b);
}

std::string in_right_case(const Profile& profile, std::string_view signature) {
  std::string out(signature);
  if (profile.signature_coding == SignatureCoding::kBase64) return out;
  const bool upper = profile.signature_coding == SignatureCoding::kUpperCaseHex;
  for (char& c : out) {
    if (upper && c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    if (!upper && c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_signature(std::string_view text) {
  return is_signature(*find_profile("line"), text);
}

bool same_signature(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace chat
