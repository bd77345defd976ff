#include "reference/text/printable.h"

#include <algorithm>
#include <array>

#include "reference/text/utf8.h"

namespace chat {
namespace {

struct Range {
  char32_t first, last;
};

constexpr std::array kControls{
    Range{0x00, 0x1f},     Range{0x7f, 0x9f},     Range{0x61c, 0x61c},
    Range{0x200e, 0x200f}, Range{0x2028, 0x202e}, Range{0x2066, 0x2069},
};

struct Found {
  std::size_t at = std::string_view::npos;
  std::size_t size = 0;
};

Found find(std::string_view text, std::string_view allowed, std::size_t from) {
  for (std::size_t at = from; at < text.size();) {
    const auto character = first_character(text.substr(at));
    if (!character) return {at, 1};
    if (is_control(character->point) && !allowed.contains(text[at])) return {at, character->size};
    at += character->size;
  }
  return {};
}

}  // namespace

bool is_control(char32_t character) {
  return std::ranges::any_of(kControls, [&](const Range& range) {
    return range.first <= character && character <= range.last;
  });
}

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
