#include "reference/printable.h"

#include <algorithm>
#include <array>
#include <optional>

namespace chat {
namespace {

struct Character {
  char32_t point = 0;
  std::size_t size = 1;  // in bytes
};

struct Range {
  char32_t first, last;
};

// The lead bytes of two, three and four bytes: the bits that tell it, and the least number that
// needs so many.
struct Lead {
  unsigned char mask, bits;
  std::size_t size;
  char32_t least;
};
constexpr std::array kLeads{Lead{0xe0, 0xc0, 2, 0x80}, Lead{0xf0, 0xe0, 3, 0x800},
                            Lead{0xf8, 0xf0, 4, 0x10000}};

constexpr std::array kControls{
    Range{0x00, 0x1f},     Range{0x7f, 0x9f},     Range{0x61c, 0x61c},
    Range{0x200e, 0x200f}, Range{0x2028, 0x202e}, Range{0x2066, 0x2069},
};

constexpr bool is_within(char32_t point, const Range& range) {
  return range.first <= point && point <= range.last;
}

constexpr bool is_control(char32_t point) {
  return std::ranges::any_of(kControls,
                             [&](const Range& range) { return is_within(point, range); });
}

// The character at the beginning of a text that is not empty; nothing where it is no UTF-8.
std::optional<Character> first_of(std::string_view text) {
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
  constexpr Range kSurrogates{0xd800, 0xdfff};
  constexpr char32_t kLast = 0x10ffff;
  if (point < lead->least || point > kLast || is_within(point, kSurrogates)) return std::nullopt;
  return Character{point, lead->size};
}

struct Found {
  std::size_t at = std::string_view::npos;
  std::size_t size = 0;
};

Found find(std::string_view text, std::string_view allowed, std::size_t from) {
  for (std::size_t at = from; at < text.size();) {
    const auto character = first_of(text.substr(at));
    if (!character) return {at, 1};
    if (is_control(character->point) && !allowed.contains(text[at])) return {at, character->size};
    at += character->size;
  }
  return {};
}

}  // namespace

std::size_t find_control(std::string_view text, std::string_view allowed, std::size_t from) {
  return find(text, allowed, from).at;
}

std::string mask_controls(std::string_view text, std::string_view allowed) {
  std::string masked(text);
  for (Found found = find(masked, allowed, 0); found.at != masked.npos;
       found = find(masked, allowed, found.at)) {
    masked.replace(found.at, found.size, found.size, '?');
  }
  return masked;
}

}  // namespace chat
