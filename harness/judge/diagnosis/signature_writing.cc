// Most programs print byte after byte, and most mistakes are of how one byte is printed. What that
// makes of the whole depends on where each goes: after the one before it, with something between
// them, or in C at every second place of an array, over the end of the one before it. These are
// tried with each other. The others turn the whole value, or print it in another way.

#include "harness/judge/diagnosis/signature_writing.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <ranges>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/diagnosis/python_bytes.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::string_view kLineEndBytes = "\r\n";

// So many digits are not met by chance.
constexpr std::size_t kFewestDigits = 16;

// Digits of either case are taken for the same.
struct WrittenValue {
  std::string_view value;
  std::string_view due;   // in hexadecimal digits
  std::string_view line;  // that came

  bool is_sent(std::string_view text) const { return chat::same_signature(text, line); }
  // As a whole, or only as many characters of it as a signature has.
  bool is_sent_or_its_begin(std::string_view text) const {
    return text.size() >= kFewestDigits && (is_sent(text) || is_sent(text.substr(0, due.size())));
  }
  // With that between, perhaps after the last one as well, or in brackets.
  bool is_sent_as_list(std::span<const std::string> parts, std::string_view between) const {
    const std::string list = fmt::format("{}", fmt::join(parts, between));
    return is_sent(list) || is_sent(list + std::string(between)) || is_sent("[" + list + "]");
  }
};

using Byte = unsigned char;
using Parts = std::vector<std::string>;

// What int has of the byte where char is signed.
int sign_extended(Byte byte) {
  return static_cast<signed char>(byte);
}

struct BytePrinting {
  CauseId cause;
  std::string (*print)(Byte);
};
constexpr std::array kPrintings{
    BytePrinting{"bytes-sign-extended",
                 [](Byte byte) {
                   return fmt::format("{:02x}", static_cast<unsigned>(sign_extended(byte)));
                 }},
    BytePrinting{
        "bytes-sign-extended",
        [](Byte byte) { return fmt::format("{:x}", static_cast<unsigned>(sign_extended(byte))); }},
    BytePrinting{"blanks-for-zeros", [](Byte byte) { return fmt::format("{:2x}", byte); }},
    BytePrinting{"one-digit-per-byte", [](Byte byte) { return fmt::format("{:x}", byte >> 4U); }},
    BytePrinting{"one-digit-per-byte", [](Byte byte) { return fmt::format("{:x}", byte & 15U); }},
    BytePrinting{"bytes-in-decimal", [](Byte byte) { return fmt::format("{}", byte); }},
    BytePrinting{"bytes-in-decimal",
                 [](Byte byte) { return fmt::format("{}", sign_extended(byte)); }},
    BytePrinting{"bytes-in-decimal", [](Byte byte) { return fmt::format("{:02}", byte); }},
    BytePrinting{"bytes-in-decimal", [](Byte byte) { return fmt::format("{:03}", byte); }},
    BytePrinting{"each-byte-with-0x", [](Byte byte) { return fmt::format("0x{:x}", byte); }},
    BytePrinting{"each-byte-with-0x", [](Byte byte) { return fmt::format("0x{:02x}", byte); }},
};

Parts print_bytes(std::string_view value, std::string (*print)(Byte)) {
  Parts parts;
  for (const char c : value) parts.push_back(print(static_cast<Byte>(c)));
  return parts;
}

std::string join_parts(const Parts& parts) {
  return fmt::format("{}", fmt::join(parts, ""));
}

// sprintf(text + 2 * i, …) for each, and then the text as a C string.
std::string lay_over(const Parts& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text.resize(2 * i);
    text += parts[i];
    text += '\0';
    if (text.find('\0') < 2 * (i + 1)) break;
  }
  return text.substr(0, text.find('\0'));
}

constexpr std::array<std::string_view, 5> kSeparators{" ", ", ", ",", ":", "-"};

Cause explain_bytes(const WrittenValue& in) {
  for (const BytePrinting& one : kPrintings) {
    const Parts parts = print_bytes(in.value, one.print);
    const bool is_met = in.is_sent_or_its_begin(join_parts(parts)) ||
                        in.is_sent_or_its_begin(lay_over(parts)) ||
                        std::ranges::any_of(kSeparators, [&](std::string_view between) {
                          return in.is_sent_as_list(parts, between);
                        });
    if (is_met) return make_cause(one.cause);
  }
  return {};
}

// The right digits with something between the bytes. Of blanks it is told as of every unit.
Cause explain_separators(const WrittenValue& in) {
  const Parts parts = print_bytes(in.value, [](Byte byte) { return fmt::format("{:02x}", byte); });
  for (const std::string_view between : kSeparators) {
    if (between != " " && in.is_sent_as_list(parts, between))
      return make_cause("bytes-separated", {{"between", std::string(between)}});
  }
  return {};
}

// What `%x` prints. Where all of it came, the search finds that zeros are left out.
Parts print_without_zeros(std::string_view value) {
  return print_bytes(value, [](Byte byte) { return fmt::format("{:x}", byte); });
}

// Each at its own place: it stops where one has a single digit, since a NUL comes after it.
Cause explain_end_at_small_byte(const WrittenValue& in) {
  const Parts parts = print_without_zeros(in.value);
  const std::string text = lay_over(parts);
  constexpr std::size_t kFewest = 4;  // of which the last stands where just this value stops
  const bool stops = text.size() >= kFewest && text != join_parts(parts);
  return stops && in.is_sent(text) ? make_cause("ends-at-small-byte") : Cause{};
}

Cause explain_cut_digits(const WrittenValue& in) {
  const std::size_t sent = in.line.size();
  const bool is_cut = sent < in.due.size() && in.is_sent(in.due.substr(0, sent)) &&
                      !in.is_sent(join_parts(print_without_zeros(in.value)));
  if (is_cut && sent == 1) return make_cause("first-digit-only");
  return is_cut && sent >= kFewestDigits
             ? make_cause("digits-cut",
                          {{"sent", std::to_string(sent)}, {"due", std::to_string(in.due.size())}})
             : Cause{};
}

std::string reverse(std::string_view text) {
  return {text.rbegin(), text.rend()};
}

// Each `width` of them for themselves.
std::string reverse_words(std::string_view bytes, std::size_t width) {
  std::string out;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(width, bytes.size())))
    out += reverse(bytes.substr(0, width));
  return out;
}

Cause explain_order(const WrittenValue& in) {
  if (in.is_sent(reverse_words(in.due, 2))) return make_cause("digits-swapped");
  for (const std::size_t width : {std::size_t{4}, std::size_t{8}, std::size_t{2}}) {
    if (in.is_sent(chat::to_hex(reverse_words(in.value, width))))
      return make_cause("word-bytes-reversed", {{"bits", std::to_string(8 * width)}});
  }
  if (in.is_sent(chat::to_hex(reverse(in.value)))) return make_cause("bytes-reversed");
  return in.is_sent(reverse(in.due)) ? make_cause("digits-reversed") : Cause{};
}

// What Java's BigInteger prints of bytes whose first bit it takes for a sign.
std::string print_as_negative_number(std::string_view value) {
  std::string rest(value);
  for (char& c : rest) c = static_cast<char>(~c);
  for (char& c : std::views::reverse(rest)) {
    if (++c != 0) break;
  }
  const std::string digits = chat::to_hex(rest);
  return "-" + digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

Cause explain_other_number(const WrittenValue& in) {
  if (in.is_sent(chat::to_hex(in.due))) return make_cause("digits-in-hex-again");
  const bool is_negative = (static_cast<Byte>(in.value.front()) & 0x80U) != 0;
  return is_negative && in.is_sent(print_as_negative_number(in.value))
             ? make_cause("signature-with-a-sign")
             : Cause{};
}

// These may have line ends among them.
bool is_raw_value(std::string_view value, std::string_view received) {
  if (!received.starts_with(value)) return false;
  const std::string_view rest = received.substr(value.size());
  return rest.empty() || kLineEndBytes.contains(rest.front());
}

constexpr std::array<std::string_view, 17> kAboutWriting{
    "blanks-for-zeros",      "bytes-in-decimal",          "bytes-reversed",
    "bytes-separated",       "bytes-sign-extended",       "digits-cut",
    "digits-in-hex-again",   "digits-reversed",           "digits-swapped",
    "each-byte-with-0x",     "ends-at-small-byte",        "first-digit-only",
    "one-digit-per-byte",    "signature-as-python-bytes", "signature-as-raw-bytes",
    "signature-with-a-sign", "word-bytes-reversed"};

}  // namespace

Cause diagnose_writing(const chat::Profile& profile, std::string_view due,
                       std::string_view received) {
  const auto value = chat::decode_signature(profile.signature_coding, due);
  assert(value && "a signature that is due is one");
  const std::string to_be_sent = chat::describe_signatures(profile);
  if (is_raw_value(*value, received))
    return make_cause("signature-as-raw-bytes",
                      {{"bytes", std::to_string(value->size())}, {"due", to_be_sent}});
  const std::string_view line = received.substr(0, received.find_first_of(kLineEndBytes));
  if (line == print_as_python_bytes(*value))
    return make_cause("signature-as-python-bytes", {{"due", to_be_sent}});
  if (profile.signature_coding == chat::SignatureCoding::kBase64) return {};
  for (const auto& explain : {explain_bytes, explain_separators, explain_end_at_small_byte,
                              explain_cut_digits, explain_order, explain_other_number}) {
    if (Cause cause = explain(WrittenValue{*value, due, line}); cause.is_known()) return cause;
  }
  return {};
}

bool is_about_writing(std::string_view cause) {
  return std::ranges::find(kAboutWriting, cause) != kAboutWriting.end();
}

}  // namespace chatspec
