#include "harness/scenario/item_parser.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/scenario/hint.h"
#include "harness/scenario/plain_text.h"
#include "harness/scenario/vocabulary.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxExitStatus = 255;

// Takes a word that is in `table`, or reports it.
template <typename Entry, std::size_t n>
const Entry* take_word_of(Cursor& cursor, const std::array<Entry, n>& table,
                          std::string_view what) {
  const Place begin = cursor.place();
  const std::string_view word = cursor.take_word(">|,");
  if (const Entry* entry = find_word(table, word)) return entry;
  cursor.report(LintCode::kUnknownWord, begin, word.size(),
                fmt::format("{} is not {}", chat::quote(word), what),
                hint_for(word, words_of(table)));
  return nullptr;
}

// What a scenario says unquoted. `forbidden` must be quoted, so that a slip of the pen does not
// become text.
std::optional<Literal> parse_plain_text(Cursor& cursor, std::string_view forbidden) {
  const Place begin = cursor.place();
  const std::string_view text = cursor.take_rest();
  if (text.empty()) {
    cursor.report(LintCode::kMissingValue, begin, 1, "a text is expected here",
                  "an empty text is written \"\"");
    return std::nullopt;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (chat::is_printable(text[i]) && !forbidden.contains(text[i])) continue;
    cursor.report(LintCode::kMustBeQuoted, {begin.line, begin.column + i}, 1,
                  fmt::format("{} must be quoted", chat::quote(text.substr(i, 1))),
                  fmt::format("write {}", chat::quote(text)));
    return std::nullopt;
  }
  if (const auto doubt = find_doubt(text)) {
    cursor.report(doubt->code, {begin.line, begin.column + doubt->offset}, doubt->length,
                  doubt->message, doubt->hint);
  }
  return Literal{std::string(text)};
}

bool expect_close(Cursor& cursor, Place begin) {
  cursor.skip_blanks();
  if (cursor.take(">")) return cursor.expect_end();
  cursor.report(cursor.at_end() ? LintCode::kUnclosed : LintCode::kUnexpectedText, begin,
                cursor.place().column - begin.column + cursor.rest().size(),
                cursor.at_end()
                    ? "this has no closing >"
                    : fmt::format("{} is not expected before the >", chat::quote(cursor.rest())));
  return false;
}

const TagWord* find_tag(std::string_view text) {
  const TagWord* found = nullptr;
  for (const TagWord& tag : kTags) {
    if (!text.starts_with(tag.word)) continue;
    const std::string_view behind = text.substr(tag.word.size());
    const bool whole_word = behind.empty() || behind.front() == '>' || is_blank(behind.front());
    if (whole_word && (!found || tag.word.size() > found->word.size())) found = &tag;
  }
  return found;
}

bool parse_signature_tag(Cursor& cursor, Item& item) {
  const auto number = cursor.take_number(kMaxNumber);
  if (!number) return false;
  item.number = *number;
  cursor.skip_blanks();
  if (cursor.peek() != '>' && !cursor.starts_with("with")) {
    const SignatureFormWord* form = take_word_of(cursor, kSignatureForms, "a form of a signature");
    if (!form) return false;
    item.form = form->form;
    cursor.skip_blanks();
  }
  if (cursor.take_keyword("with")) {
    if (!cursor.take_keyword("key")) {
      cursor.report_here(LintCode::kMissingValue, "`with key N` is expected");
      return false;
    }
    const Place begin = cursor.place();
    const auto key = cursor.take_number(kMaxNumber);
    if (!key) return false;
    if (*key == 0) {
      cursor.report(LintCode::kBadNumber, begin, 1, "there is no key 0", "keys count from 1");
      return false;
    }
    item.key = *key;
  }
  return true;
}

// `"…"` or `like "…"`: a line of output.
bool parse_printed_line(Cursor& cursor, Pattern& pattern) {
  if (cursor.take_keyword("like")) {
    auto taken = cursor.take_pattern();
    if (taken) pattern = *std::move(taken);
    return taken.has_value();
  }
  auto text = cursor.take_string();
  if (text) pattern.parts.push_back(*std::move(text));
  return text.has_value();
}

bool parse_exit(Cursor& cursor, Item& item) {
  const std::string_view word = cursor.rest().substr(0, cursor.rest().find_first_of("> \t"));
  const bool digits = !word.empty() && word.find_first_not_of("0123456789") == word.npos;
  if (!digits) {
    const ExitWord* exit =
        take_word_of(cursor, kExits, "an exit status (0 to 255) or a word for several");
    if (exit) item.exit = exit->exit;
    return exit != nullptr;
  }
  const auto status = cursor.take_number(kMaxExitStatus);
  if (!status) return false;
  item.exit = *status == 0 ? ExitWanted::kZero : ExitWanted::kStatus;
  item.status = *status;
  return true;
}

bool parse_tag_arguments(Cursor& cursor, Item& item) {
  cursor.skip_blanks();
  switch (item.kind) {
    case ItemKind::kMessage: {
      const auto number = cursor.take_number(kMaxNumber);
      item.number = number.value_or(0);
      return number.has_value();
    }
    case ItemKind::kSignature:
      return parse_signature_tag(cursor, item);
    case ItemKind::kPrints:
      return parse_printed_line(cursor, item.pattern);
    case ItemKind::kComplains:
      return cursor.peek() == '>' || parse_printed_line(cursor, item.pattern);
    case ItemKind::kExit:
      return parse_exit(cursor, item);
    default:
      return true;
  }
}

std::optional<Item> parse_tag(Cursor& cursor) {
  const Place begin = cursor.place();
  cursor.advance(1);
  Item item;
  if (const TagWord* tag = find_tag(cursor.rest())) {
    item.kind = tag->kind;
    cursor.advance(tag->word.size());
    if (!parse_tag_arguments(cursor, item)) return std::nullopt;
  } else {
    const std::string_view name = cursor.rest().substr(0, cursor.rest().find('>'));
    if (!is_identifier(name)) {
      cursor.report(LintCode::kUnknownItem, begin, name.size() + 2,
                    fmt::format("no item is called <{}>", chat::escape_bytes(name)),
                    hint_for_item(name, words_of(kTags)));
      return std::nullopt;
    }
    item.kind = ItemKind::kColumn;
    item.column = name;
    cursor.advance(name.size());
  }
  if (!expect_close(cursor, begin)) return std::nullopt;
  item.span = cursor.span_from(begin);
  return item;
}

std::optional<ValueLine> parse_value_tag(Cursor& cursor) {
  const Place begin = cursor.place();
  cursor.advance(1);
  ValueLine line;
  if (cursor.take_keyword("random")) {
    const auto count = cursor.take_number(kMaxBytes);
    if (!count) return std::nullopt;
    Random random{*count};
    cursor.skip_blanks();
    if (cursor.peek() != '>') {
      const AlphabetWord* alphabet =
          take_word_of(cursor, kAlphabets, "an alphabet for random text");
      if (!alphabet) return std::nullopt;
      random.alphabet = alphabet->alphabet;
    }
    line.content = random;
  } else {
    const std::string_view name = cursor.rest().substr(0, cursor.rest().find('>'));
    if (!is_identifier(name)) {
      cursor.report(LintCode::kUnknownItem, begin, name.size() + 2,
                    fmt::format("no text is called <{}>", chat::escape_bytes(name)),
                    "texts are <random N>, <random N letters>, <random N bytes> and the table's "
                    "columns; what stands in a file is written here, line by line");
      return std::nullopt;
    }
    line.content = Column{std::string(name)};
    cursor.advance(name.size());
  }
  if (!expect_close(cursor, begin)) return std::nullopt;
  line.span = cursor.span_from(begin);
  return line;
}

}  // namespace

std::optional<Literal> parse_literal(Cursor& cursor) {
  const Place begin = cursor.place();
  auto bytes = cursor.take_string();
  if (!bytes) return std::nullopt;
  Literal literal{*std::move(bytes)};
  cursor.skip_blanks();
  if (!cursor.take("*")) return literal;
  cursor.skip_blanks();
  const auto times = cursor.take_number(kMaxBytes);
  if (!times) return std::nullopt;
  if (*times == 0 || literal.bytes.size() * *times > kMaxBytes) {
    cursor.report(*times == 0 ? LintCode::kBadNumber : LintCode::kTooLarge, begin,
                  cursor.place().column - begin.column,
                  *times == 0 ? "a text is repeated at least once" : "this text is too long",
                  fmt::format("a text has at most {} bytes", kMaxBytes));
    return std::nullopt;
  }
  literal.times = *times;
  return literal;
}

std::optional<Number> parse_number(Cursor& cursor, std::size_t max) {
  const Place begin = cursor.place();
  if (cursor.take("<")) {
    const std::string_view name = cursor.take_word(">");
    if (!is_identifier(name) || !cursor.take(">")) {
      cursor.report(LintCode::kBadNumber, begin, name.size() + 2,
                    "a number or a column of the table, <name>, is expected");
      return std::nullopt;
    }
    return Number{0, std::string(name), cursor.span_from(begin)};
  }
  const auto value = cursor.take_number(max);
  if (!value) return std::nullopt;
  return Number{*value, {}, cursor.span_from(begin)};
}

std::optional<Item> parse_item(Cursor& cursor) {
  const Place begin = cursor.place();
  if (cursor.peek() == '<') return parse_tag(cursor);
  Item item;
  const std::string_view whole = cursor.rest();
  const bool raw = cursor.take_keyword("raw");
  const bool like = !raw && cursor.take_keyword("like");
  if ((raw || like) && cursor.peek() != '"') {
    const std::string_view word = raw ? "raw" : "like";
    cursor.report_here(
        LintCode::kMissingValue, fmt::format("after `{}` stands a string", word),
        fmt::format("{} {}, or as text {}", word, chat::quote(cursor.rest()), chat::quote(whole)));
    return std::nullopt;
  }
  if (like) {
    item.kind = ItemKind::kLike;
    auto pattern = cursor.take_pattern();
    if (!pattern || !cursor.expect_end()) return std::nullopt;
    item.pattern = *std::move(pattern);
  } else if (cursor.peek() == '"') {
    if (raw) item.kind = ItemKind::kRaw;
    auto literal = parse_literal(cursor);
    if (!literal || !cursor.expect_end()) return std::nullopt;
    item.text = *std::move(literal);
  } else {
    auto text = parse_plain_text(cursor, "\"<>|");
    if (!text) return std::nullopt;
    item.text = *std::move(text);
  }
  item.span = cursor.span_from(begin);
  return item;
}

std::optional<ValueLine> parse_value_line(Cursor& cursor) {
  const Place begin = cursor.place();
  if (cursor.peek() == '<') return parse_value_tag(cursor);
  auto literal = cursor.peek() == '"' ? parse_literal(cursor) : parse_plain_text(cursor, "");
  if (!literal || !cursor.expect_end()) return std::nullopt;
  return ValueLine{*std::move(literal), cursor.span_from(begin)};
}

}  // namespace chatspec
