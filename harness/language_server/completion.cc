// Only what stands in front of the place decides: which line it is, how far its words are written,
// and what stands in the lines around it.

#include "harness/language_server/completion.h"

#include <algorithm>

#include "harness/language_server/line_spot.h"

namespace chatspec::language_server {
namespace {

// Whether a line of the transcript stands above the line that begins at `end`.
bool is_below_transcript(const Document& document, std::size_t end) {
  for (std::size_t begin = 0; begin < end;) {
    const Stretch line = document.text.line_at(begin);
    if (shape_of(document.text.part(line)).kind == LineKind::kTurn) return true;
    const std::size_t next = document.text.bytes().find('\n', line.begin);
    if (next == std::string::npos) return false;
    begin = next + 1;
  }
  return false;
}

bool has_directive(const Document& document, const DirectiveWord& directive) {
  return std::ranges::any_of(document.scenario.statements, [&](const Statement& statement) {
    return document.text.part(document.text.stretch_of(statement.span)) == directive.word;
  });
}

// What may begin a line. A directive that stands once, and stands there, is not proposed.
Proposals list_first_words(const LineSpot& spot, std::size_t line_begin) {
  Proposals proposals;
  const bool is_below = is_below_transcript(spot.document, line_begin);
  if (!is_below) {
    for (const DirectiveWord& one : kDirectives) {
      if (one.once && has_directive(spot.document, one)) continue;
      proposals.push_back({.text = std::string(one.word), .detail = std::string(one.usage)});
    }
  }
  proposals.push_back({.text = "C: ", .detail = "what the client does"});
  proposals.push_back({.text = "S: ", .detail = "what the server does"});
  if (is_below) {
    proposals.push_back({.text = "or ", .detail = "another way to meet the expectation above"});
    proposals.push_back({.text = "then ", .detail = "what the same side does next in that way"});
  }
  return proposals;
}

Completion complete_item_line(const LineSpot& spot, std::size_t begin, std::size_t place) {
  const std::string_view behind = spot.line.substr(std::min(begin, place));
  const std::size_t open = behind.rfind('<');
  const bool is_in_item = open != behind.npos && behind.find('>', open) == behind.npos;
  if (is_in_item) {
    if (Proposals words = list_item_words(behind.substr(open)); !words.empty())
      return {word_at(spot.line, place, "<"), std::move(words)};
    return {{begin + open, place}, list_items(spot)};
  }
  return {{begin, place}, list_items(spot)};
}

// Places are bytes of the line.
Completion complete_line(const LineSpot& spot, std::size_t line_begin) {
  const std::size_t place = spot.place;
  const LineShape& shape = spot.shape;
  if (shape.kind == LineKind::kComment || shape.kind == LineKind::kRow) return {};
  if (shape.kind != LineKind::kText && place <= shape.word.end)
    return {shape.word, list_first_words(spot, line_begin)};
  switch (shape.kind) {
    case LineKind::kDirective:
      return {word_at(spot.line, place), list_values(spot)};
    case LineKind::kText:
      return {shape.word, list_texts(spot)};
    case LineKind::kTurn:
    case LineKind::kAlternative:
    case LineKind::kContinued: {
      if (place <= shape.bar) return complete_item_line(spot, shape.value, place);
      const Stretch word = word_at(spot.line, place, "|");
      const std::size_t bar = spot.line.rfind('|');
      const std::size_t begin = std::min(spot.line.find_first_not_of(" |", bar), place);
      return {word, list_modifiers(spot, spot.line.substr(begin))};
    }
    default:
      return {};
  }
}

}  // namespace

Completion complete_at(const Workspace& workspace, const Document& document, std::size_t offset) {
  const Stretch whole = document.text.line_at(offset);
  const std::string_view line = document.text.part({whole.begin, std::min(offset, whole.end)});
  Completion completion =
      complete_line({workspace, document, line, shape_of(line), line.size()}, whole.begin);
  completion.replaced.begin += whole.begin;
  completion.replaced.end += whole.begin;
  return completion;
}

}  // namespace chatspec::language_server
