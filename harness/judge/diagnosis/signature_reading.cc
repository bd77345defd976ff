#include "harness/judge/diagnosis/signature_reading.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/judge/diagnosis/ingredients.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::size_t kFewestBytes = 8;

WantedValue begins_with(std::string value) {
  const std::size_t bytes = value.size();
  return {bytes,
          [value = std::move(value)](std::string_view one) { return one.starts_with(value); }};
}

bool is_hex(std::string_view text) {
  return !text.empty() && text.find_first_not_of(chat::kHexDigits) == std::string_view::npos;
}

// As `%x` prints each byte, or BigInteger all of them.
bool is_printed_without_zeros(std::string_view value, std::string_view digits) {
  std::string bytes;
  for (const char c : value) bytes += fmt::format("{:x}", static_cast<unsigned char>(c));
  const std::string hex = chat::to_hex(value);
  const std::string number = hex.substr(std::min(hex.find_first_not_of('0'), hex.size()));
  return chat::same_signature(bytes, digits) || chat::same_signature(number, digits);
}

// What languages print around a string, taken away; nothing where there is no such thing.
std::optional<std::string_view> unwrap(std::string_view text) {
  struct Wrapper {
    std::string_view front, back;
  };
  for (const Wrapper& one : {Wrapper{"b'", "'"}, Wrapper{"b\"", "\""}, Wrapper{"'", "'"},
                             Wrapper{"\"", "\""}, Wrapper{"0x", ""}}) {
    if (text.size() <= one.front.size() + one.back.size() || !text.starts_with(one.front) ||
        !text.ends_with(one.back))
      continue;
    return text.substr(one.front.size(), text.size() - one.front.size() - one.back.size());
  }
  return std::nullopt;
}

// In the profile's coding or in another.
std::vector<ValueReading> read_value(const chat::Profile& profile, std::string_view text) {
  using enum chat::SignatureCoding;
  std::vector<ValueReading> readings;
  const std::size_t bytes = chat::find_hash(profile.hash)->bytes;
  const bool base64_due = profile.signature_coding == kBase64;
  const auto add = [&](chat::SignatureCoding coding, std::string id, std::string words) {
    auto value = chat::decode_signature(coding, text);
    if (value && value->size() >= kFewestBytes)
      readings.push_back({begins_with(*std::move(value)), std::move(id), std::move(words)});
  };
  add(profile.signature_coding, "", "");
  if (base64_due) {
    add(kHex, "in-hex", "in hexadecimal digits");
  } else {
    add(kBase64, "in-base64", "in base64");
  }
  const bool may_lack_zeros =
      !base64_due && is_hex(text) && text.size() >= 2 * kFewestBytes && text.size() < 2 * bytes;
  if (may_lack_zeros) {
    readings.push_back(
        {{bytes, [digits = std::string(text)](
                     std::string_view value) { return is_printed_without_zeros(value, digits); }},
         "zeros-left-out",
         "printed without the zeros that its bytes begin with"});
  }
  return readings;
}

}  // namespace

std::vector<ValueReading> read_signature(const chat::Profile& profile, std::string_view received) {
  std::vector<ValueReading> readings = read_value(profile, received);
  const std::string_view stripped = strip(received);
  const auto unwrapped = unwrap(stripped);
  if (!unwrapped && stripped.size() == received.size()) return readings;
  for (ValueReading& one : read_value(profile, unwrapped.value_or(stripped))) {
    one.id += one.id.empty() ? "wrapped" : "+wrapped";
    one.words += fmt::format("{}with something around it", one.words.empty() ? "" : ", ");
    readings.push_back(std::move(one));
  }
  return readings;
}

}  // namespace chatspec
