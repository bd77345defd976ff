#include "harness/language_server/text.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chatspec::language_server {
namespace {

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
}

// How many code units the character that begins with this byte has: two beyond U+FFFF, which takes
// four bytes of UTF-8.
std::size_t units_of(char c, Encoding encoding) {
  if (encoding == Encoding::kUtf8) return 1;
  if (!begins_character(c)) return 0;
  return static_cast<unsigned char>(c) >= 0xf0U ? 2 : 1;
}

std::size_t line_of(const std::vector<std::size_t>& begins, std::size_t offset) {
  const auto behind = std::ranges::upper_bound(begins, offset);
  return static_cast<std::size_t>(behind - begins.begin()) - 1;
}

}  // namespace

Text::Text(std::string bytes) : bytes_(std::move(bytes)) {
  find_lines();
}

void Text::find_lines() {
  client_lines_ = {0};
  lines_ = {0};
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    const bool is_pair = bytes_[i] == '\r' && i + 1 < bytes_.size() && bytes_[i + 1] == '\n';
    if (bytes_[i] == '\n') lines_.push_back(i + 1);
    if (bytes_[i] == '\n' || (bytes_[i] == '\r' && !is_pair)) client_lines_.push_back(i + 1);
  }
}

std::string_view Text::part(Stretch stretch) const {
  return std::string_view(bytes_).substr(stretch.begin, stretch.end - stretch.begin);
}

std::size_t Text::offset_of(Position position, Encoding encoding) const {
  if (position.line >= client_lines_.size()) return bytes_.size();
  std::size_t offset = client_lines_[position.line];
  std::size_t left = position.character;
  while (offset < bytes_.size() && bytes_[offset] != '\n' && bytes_[offset] != '\r') {
    std::size_t next = offset + 1;
    while (next < bytes_.size() && !begins_character(bytes_[next])) ++next;
    const std::size_t units =
        encoding == Encoding::kUtf8 ? next - offset : units_of(bytes_[offset], encoding);
    if (units > left) break;
    left -= units;
    offset = next;
  }
  return offset;
}

Position Text::position_of(std::size_t offset, Encoding encoding) const {
  assert(offset <= bytes_.size());
  Position position{.line = line_of(client_lines_, offset)};
  for (std::size_t i = client_lines_[position.line]; i < offset; ++i)
    position.character += units_of(bytes_[i], encoding);
  return position;
}

Stretch Text::stretch_of(Place place, std::size_t length) const {
  const Stretch line = line_at(lines_[std::min(place.line, lines_.size()) - 1]);
  Stretch stretch;
  stretch.begin = std::min(line.begin + place.column - 1, line.end);
  stretch.end = stretch.begin + std::min(length, line.end - stretch.begin);
  while (stretch.begin > line.begin && is_within_character(stretch.begin)) --stretch.begin;
  while (stretch.end < line.end && is_within_character(stretch.end)) ++stretch.end;
  return stretch;
}

bool Text::is_within_character(std::size_t offset) const {
  return offset < bytes_.size() && !begins_character(bytes_[offset]);
}

Stretch Text::line_at(std::size_t offset) const {
  const std::size_t begin = lines_[line_of(lines_, offset)];
  std::size_t end = std::min(bytes_.find('\n', begin), bytes_.size());
  if (end > begin && bytes_[end - 1] == '\r') --end;
  return {begin, end};
}

void Text::replace(Stretch stretch, std::string_view by) {
  assert(stretch.begin <= stretch.end && stretch.end <= bytes_.size());
  bytes_.replace(stretch.begin, stretch.end - stretch.begin, by);
  find_lines();
}

}  // namespace chatspec::language_server
