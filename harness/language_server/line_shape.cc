#include "harness/language_server/line_shape.h"

#include <algorithm>

#include "harness/scenario/cursor.h"

namespace chatspec::language_server {
namespace {

LineKind kind_of(std::string_view word) {
  if (word.starts_with('#')) return LineKind::kComment;
  if (word.starts_with('|')) return LineKind::kRow;
  if (word.starts_with('"') || word.starts_with('<')) return LineKind::kText;
  if (word == "or") return LineKind::kAlternative;
  if (word == "then") return LineKind::kContinued;
  if (word.size() > 1 && word.size() <= 3 && word.ends_with(':') &&
      (word.front() == 'C' || word.front() == 'S')) {
    return LineKind::kTurn;
  }
  return find_word(kDirectives, word) ? LineKind::kDirective : LineKind::kOther;
}

std::size_t skip_blanks(std::string_view line, std::size_t from) {
  while (from < line.size() && is_blank(line[from])) ++from;
  return from;
}

}  // namespace

LineShape shape_of(std::string_view line) {
  LineShape shape;
  shape.word.begin = skip_blanks(line, 0);
  shape.word.end = shape.word.begin;
  while (shape.word.end < line.size() && !is_blank(line[shape.word.end])) ++shape.word.end;
  const std::string_view word = line.substr(shape.word.begin, shape.word.end - shape.word.begin);
  shape.kind = kind_of(word);
  shape.directive = find_word(kDirectives, word);
  shape.value = skip_blanks(line, shape.word.end);
  shape.bar = line.size();
  if (shape.kind == LineKind::kTurn || shape.kind == LineKind::kAlternative) {
    // Also one that stands directly after the first word, before there is an item.
    const std::size_t begin = std::min(shape.word.end, line.size());
    shape.bar = begin + length_before_bar(line.substr(begin), Bar::kBehindBlank);
  }
  return shape;
}

Stretch word_at(std::string_view line, std::size_t place, std::string_view stop) {
  const auto is_part = [&](char c) { return !is_blank(c) && !stop.contains(c); };
  Stretch word{std::min(place, line.size()), std::min(place, line.size())};
  while (word.begin > 0 && is_part(line[word.begin - 1])) --word.begin;
  while (word.end < line.size() && is_part(line[word.end])) ++word.end;
  return word;
}

Stretch item_at(std::string_view line, std::size_t place) {
  const std::size_t at = std::min(place, line.size());
  // The place before `<` belongs to it, too.
  const std::size_t begin = line.substr(0, at + 1).rfind('<');
  if (begin == line.npos) return {at, at};
  const std::size_t end = std::min(line.find('>', begin), line.size() - 1) + 1;
  if (end < at) return {at, at};
  return {begin, end};
}

}  // namespace chatspec::language_server
