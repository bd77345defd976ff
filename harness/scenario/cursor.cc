#include "harness/scenario/cursor.h"

#include <algorithm>
#include <cassert>
#include <charconv>

#include <fmt/format.h>

#include "reference/text/printable.h"
#include "reference/text/quote.h"

namespace chatspec {

std::size_t length_before_bar(std::string_view text, Bar bar) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_behind_blank = i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t';
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[i] == '|' && (bar == Bar::kAny || is_behind_blank)) {
      return i;
    }
  }
  return text.size();
}

Span Cursor::span_from(Place begin) const {
  assert(begin.line == line_ && begin.column <= place().column);
  return {begin, std::max<std::size_t>(place().column - begin.column, 1)};
}

void Cursor::skip_blanks() {
  while (!at_end() && is_blank(text_[position_])) ++position_;
}

void Cursor::advance(std::size_t n) {
  assert(n <= rest().size());
  position_ += n;
}

bool Cursor::take(std::string_view expected) {
  if (!starts_with(expected)) return false;
  position_ += expected.size();
  return true;
}

bool Cursor::take_keyword(std::string_view word) {
  if (!starts_with(word)) return false;
  const std::string_view behind = rest().substr(word.size());
  if (!behind.empty() && !is_blank(behind.front())) return false;
  position_ += word.size();
  skip_blanks();
  return true;
}

std::string_view Cursor::take_word(std::string_view stop) {
  const std::size_t begin = position_;
  while (!at_end() && !is_blank(text_[position_]) && !stop.contains(text_[position_])) ++position_;
  return text_.substr(begin, position_ - begin);
}

std::string_view Cursor::take_rest() {
  std::string_view taken = rest();
  position_ = text_.size();
  while (!taken.empty() && is_blank(taken.back())) taken.remove_suffix(1);
  return taken;
}

std::string_view Cursor::take_readable_rest() {
  const Place begin = place();
  const std::string_view text = take_rest();
  if (const std::size_t at = chat::find_control(text, "\t"); at != text.npos) {
    report(LintCode::kControlCharacter, {begin.line, begin.column + at}, 1,
           "this is a control character, or a byte that is no UTF-8",
           "what is printed as it stands holds none, so that it cannot steer a terminal, nor read "
           "otherwise than it is");
  }
  return text;
}

std::optional<std::string_view> Cursor::take_quoted() {
  const Place begin = place();
  std::size_t end = position_ + 1;
  while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
  if (peek() != '"' || end >= text_.size()) {
    const bool begins = peek() == '"';
    report(begins ? LintCode::kUnclosed : LintCode::kMissingValue, begin, rest().size(),
           begins ? "this string does not end" : "a string in double quotes is expected",
           "strings stand in double quotes, on one line");
    position_ = text_.size();
    return std::nullopt;
  }
  const std::string_view inner = text_.substr(position_ + 1, end - position_ - 1);
  position_ = end + 1;
  return inner;
}

std::optional<std::string> Cursor::unquote(std::string_view inner, Place begin) {
  auto bytes = chat::unquote(inner);
  if (bytes) return *std::move(bytes);
  const std::size_t offset = bytes.error().offset;
  report(LintCode::kBadEscape, {begin.line, begin.column + offset},
         std::min<std::size_t>(2, inner.size() - offset), bytes.error().message,
         R"(the escapes are \n \r \t \0 \\ \" and \xHH)");
  return std::nullopt;
}

std::optional<std::string> Cursor::take_string() {
  const Place begin{line_, place().column + 1};
  const auto inner = take_quoted();
  return inner ? unquote(*inner, begin) : std::nullopt;
}

// The stars are found first: no escape has one in it, and what \x2a stands for is none.
std::optional<Pattern> Cursor::take_pattern() {
  Place begin{line_, place().column + 1};
  const auto inner = take_quoted();
  if (!inner) return std::nullopt;
  Pattern pattern = split_at_stars(*inner);
  for (std::string& part : pattern.parts) {
    auto bytes = unquote(part, begin);
    if (!bytes) return std::nullopt;
    begin.column += part.size() + 1;
    part = *std::move(bytes);
  }
  return pattern;
}

std::optional<std::size_t> Cursor::take_number(std::size_t max) {
  const Place begin = place();
  const std::string_view word = take_word(">,|*");
  std::size_t value = 0;
  const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || failure == std::errc::invalid_argument || end != word.data() + word.size()) {
    report(word.empty() ? LintCode::kMissingValue : LintCode::kBadNumber, begin, word.size(),
           word.empty() ? "a number is expected"
                        : fmt::format("{} is not a number", chat::quote(word)));
    return std::nullopt;
  }
  if (failure == std::errc::result_out_of_range || value > max) {
    report(LintCode::kTooLarge, begin, word.size(), fmt::format("{} is too large", word),
           fmt::format("at most {}", max));
    return std::nullopt;
  }
  return value;
}

Cursor Cursor::part(std::size_t n) {
  assert(n <= rest().size());
  Cursor cursor(text_.substr(position_, n), line_, column_ + position_, diagnostics_);
  position_ += n;
  return cursor;
}

void Cursor::report(LintCode code, Place place, std::size_t length, std::string message,
                    std::string hint) {
  diagnostics_.add(code, place, length, std::move(message), std::move(hint));
}

void Cursor::report_here(LintCode code, std::string message, std::string hint) {
  const std::string_view here = rest();
  report(code, place(), std::min(here.find_first_of(" \t\r"), here.size()), std::move(message),
         std::move(hint));
}

bool Cursor::expect_end() {
  skip_blanks();
  if (at_end()) return true;
  report(LintCode::kUnexpectedText, place(), rest().size(),
         fmt::format("{} is not expected here", chat::quote(rest())),
         rest().starts_with("or ") ? "`or …` stands in a line of its own, below this one" : "");
  position_ = text_.size();
  return false;
}

}  // namespace chatspec
