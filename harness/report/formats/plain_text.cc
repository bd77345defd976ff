#include "harness/report/formats/plain_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "reference/text/printable.h"
#include "reference/text/quote.h"
#include "reference/text/utf8.h"

namespace chatspec {
namespace {

struct CharacterRange {
  char32_t first;
  char32_t last;
};
// What a reader does not see for what it is, beside control characters.
constexpr std::array kUnshown{
    CharacterRange{0x00ad, 0x00ad},    // a hyphen that is not there
    CharacterRange{0x180e, 0x180e},    // without width
    CharacterRange{0x200b, 0x200d},    // without width
    CharacterRange{0x2060, 0x206f},    // the same
    CharacterRange{0xfdd0, 0xfdef},    // no characters
    CharacterRange{0xfeff, 0xfeff},    // a byte order mark
    CharacterRange{0xfff0, 0xfffb},    // marks of annotations
    CharacterRange{0xe0000, 0xe0fff},  // tags
};

bool is_shown(char32_t value) {
  const bool is_no_character = (value & 0xfffeU) == 0xfffeU;  // the last two of every plane
  if (is_no_character || chat::is_control(value)) return false;
  return std::ranges::none_of(kUnshown, [&](const CharacterRange& range) {
    return value >= range.first && value <= range.last;
  });
}

bool is_plain_ascii(char c) {
  return c == '\n' || (c >= 0x20 && c < 0x7f);
}

}  // namespace

std::string as_plain_text(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    std::size_t size = 1;
    if (is_plain_ascii(text.front())) {
      plain += text.front();
    } else if (const auto character = chat::first_character(text);
               !character || character->point < 0x80) {
      plain += chat::escape_bytes(text.substr(0, 1));
    } else {
      size = character->size;
      if (is_shown(character->point)) {
        plain += text.substr(0, size);
      } else {
        plain += fmt::format("\\u{{{:04X}}}", static_cast<std::uint32_t>(character->point));
      }
    }
    text.remove_prefix(size);
  }
  return plain;
}

std::string as_plain_line(std::string_view text) {
  std::string line = as_plain_text(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

std::string as_plain_name(std::string_view text) {
  const std::string line = as_plain_line(text);
  const std::size_t first = line.find_first_not_of(' ');
  if (first == line.npos) return {};
  return line.substr(first, line.find_last_not_of(' ') + 1 - first);
}

}  // namespace chatspec
