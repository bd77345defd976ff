#include "harness/scenario/transcript_parser.h"

#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/hint.h"
#include "harness/scenario/item_parser.h"
#include "harness/scenario/vocabulary.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

std::string hint_for_speaker(std::string_view word) {
  word.remove_suffix(1);
  if (find_word(kDirectives, word)) return fmt::format("write `{}` without the colon", word);
  constexpr std::array<std::string_view, 2> kSides{"client", "server"};
  for (const std::string_view side : kSides) {
    if (word != side.substr(0, 1) && !is_mistyped(word, {&side, 1})) continue;
    return side == "client" ? "did you mean C:?" : "did you mean S:?";
  }
  return "lines begin with C: or S:, with C2: or S2: on a second connection";
}

bool parse_split(Cursor& cursor, Delivery& delivery) {
  if (!cursor.take_keyword("at")) {
    const auto every = parse_number(cursor, kMaxNumber);
    if (every) delivery.every = *every;
    return every.has_value();
  }
  do {
    cursor.skip_blanks();
    const auto at = parse_number(cursor, kMaxNumber);
    if (!at) return false;
    delivery.at.push_back(*at);
    cursor.skip_blanks();
  } while (cursor.take(","));
  if (std::isdigit(static_cast<unsigned char>(cursor.peek())) == 0) return true;
  cursor.report_here(LintCode::kUnexpectedText, "a comma is expected",
                     "several cuts are written `split at 2, 4`");
  return false;
}

bool parse_modifier(Cursor& cursor, Alternative& alternative, Delivery* delivery) {
  const Place begin = cursor.place();
  const std::string_view word = cursor.take_word("|");
  cursor.skip_blanks();
  const bool again = word == "deviates"             ? alternative.deviates
                     : delivery && word == "joined" ? delivery->joined
                     : delivery && word == "apart"  ? delivery->apart
                     : delivery && word == "split"  ? delivery->every || !delivery->at.empty()
                                                    : false;
  if (again) {
    cursor.report(LintCode::kDuplicate, begin, word.size(),
                  "this modifier stands here a second time");
    return false;
  }
  if (word == "deviates") {
    alternative.deviates = true;
    const Place name = cursor.place();
    alternative.requirement = cursor.take_word("|");
    alternative.requirement_span = cursor.span_from(name);
    alternative.span = cursor.span_from(begin);
    return true;
  }
  if (delivery && word == "joined") {
    delivery->joined = true;
  } else if (delivery && word == "apart") {
    delivery->apart = true;
  } else if (delivery && word == "split") {
    if (!parse_split(cursor, *delivery)) return false;
  } else {
    cursor.report(LintCode::kUnknownModifier, begin, word.size(),
                  fmt::format("no modifier is called {}", chat::quote(word)),
                  delivery ? hint_for(word, kModifiers) : "after `or` only `deviates` may stand");
    return false;
  }
  delivery->span = cursor.span_from(begin);
  return true;
}

// `| split 1`, `| joined`, `| apart`, `| deviates SIG-3`, one after the other. `delivery` is null
// where only `deviates` may stand.
bool parse_modifiers(Cursor& cursor, Alternative& alternative, Delivery* delivery) {
  while (cursor.take("|")) {
    cursor.skip_blanks();
    if (!parse_modifier(cursor, alternative, delivery)) return false;
    cursor.skip_blanks();
  }
  return cursor.expect_end();
}

bool parse_item_with_modifiers(Cursor& cursor, Alternative& alternative, Delivery* delivery) {
  Cursor inner = cursor.part(length_before_bar(cursor.rest(), Bar::kBehindBlank));
  auto item = parse_item(inner);
  if (!item) return false;
  alternative.item = *std::move(item);
  return parse_modifiers(cursor, alternative, delivery);
}

}  // namespace

std::optional<TranscriptLine> parse_turn(Cursor& cursor, std::string_view speaker, Span span) {
  const bool known = speaker.front() == 'C' || speaker.front() == 'S';
  const bool numbered = speaker.size() == 3 && speaker[1] >= '1' && speaker[1] <= '9';
  if (!known || (speaker.size() != 2 && !numbered)) {
    cursor.report(LintCode::kUnknownSpeaker, span.place, span.length,
                  fmt::format("{} begins no line of a transcript", chat::quote(speaker)),
                  hint_for_speaker(speaker));
    return std::nullopt;
  }
  TranscriptLine line;
  line.span = span;
  line.speaker = speaker.front() == 'C' ? Role::kClient : Role::kServer;
  if (numbered) line.connection = speaker[1] - '0';
  Alternative alternative;
  if (!parse_item_with_modifiers(cursor, alternative, &line.delivery)) return std::nullopt;
  line.alternatives.push_back(std::move(alternative));
  return line;
}

std::optional<Alternative> parse_alternative(Cursor& cursor) {
  cursor.skip_blanks();
  Alternative alternative;
  if (!parse_item_with_modifiers(cursor, alternative, nullptr)) return std::nullopt;
  return alternative;
}

std::optional<Item> parse_continued(Cursor& cursor) {
  Cursor inner = cursor.part(length_before_bar(cursor.rest(), Bar::kBehindBlank));
  auto item = parse_item(inner);
  if (!item || cursor.at_end()) return item;
  cursor.report_here(LintCode::kUnexpectedText, "after `then` stands no modifier",
                     "`deviates` stands after the `or` that begins this way");
  return std::nullopt;
}

}  // namespace chatspec
