#include "reference/text/utf8.h"

#include <algorithm>
#include <array>

namespace chat {
namespace {

// The lead bytes of two, three and four bytes: the bits that tell it, and the least number that
// needs so many.
struct Lead {
  unsigned char mask, bits;
  std::size_t size;
  char32_t least;
};
constexpr std::array kLeads{Lead{0xe0, 0xc0, 2, 0x80}, Lead{0xf0, 0xe0, 3, 0x800},
                            Lead{0xf8, 0xf0, 4, 0x10000}};

}  // namespace

std::optional<Character> first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return Character{byte(0), 1};
  const auto* lead = std::ranges::find_if(
      kLeads, [&](const Lead& one) { return (byte(0) & one.mask) == one.bits; });
  if (lead == kLeads.end() || text.size() < lead->size) return std::nullopt;
  char32_t point = byte(0) & static_cast<unsigned char>(~lead->mask);
  for (std::size_t i = 1; i < lead->size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return std::nullopt;
    point = point << 6U | (byte(i) & 0x3fU);
  }
  constexpr char32_t kLast = 0x10ffff;
  const bool is_surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point < lead->least || point > kLast || is_surrogate) return std::nullopt;
  return Character{point, lead->size};
}

}  // namespace chat
