// A reader over one line of a scenario file, which knows where it stands.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// A CR too, so that any number of them before an LF means nothing.
inline bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

// Which bar of a line is looked for; within a string there is none.
enum class Bar {
  kAny,          // between the cells of a table
  kBehindBlank,  // before a modifier, and not within a text
};

// How many bytes of `text` come before the first such bar; all, where there is none.
std::size_t length_before_bar(std::string_view text, Bar bar);

class Cursor {
 public:
  // `text` is (a part of) the line `line`, and begins at its column `column`. Both it and
  // `diagnostics` must outlive the cursor.
  Cursor(std::string_view text, std::size_t line, std::size_t column, Diagnostics& diagnostics)
      : text_(text), line_(line), column_(column), diagnostics_(diagnostics) {}

  bool at_end() const { return position_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }
  bool starts_with(std::string_view prefix) const { return rest().starts_with(prefix); }
  std::string_view rest() const { return text_.substr(position_); }
  Place place() const { return {line_, column_ + position_}; }
  // From `begin`, a place on this line, up to here.
  Span span_from(Place begin) const;

  void skip_blanks();
  // At most what is left.
  void advance(std::size_t n);
  // Takes `expected` if it comes next.
  bool take(std::string_view expected);
  // Takes `word` and the blanks behind it, if it comes next and at least one blank or the end of
  // the line is behind it.
  bool take_keyword(std::string_view word);
  // Takes everything up to a blank or one of `stop`; may be empty.
  std::string_view take_word(std::string_view stop = "");
  // Takes what is left, without blanks at its end.
  std::string_view take_rest();
  // The same of what is shown to people as it stands: reports a control character in it.
  std::string_view take_readable_rest();
  // Takes `"…"` and gives the bytes meant. Reports an error and gives nothing if it is malformed.
  std::optional<std::string> take_string();
  // Takes `"…"` as a pattern: a * in it, if it is not written \x2a, stands for anything. Errors as
  // above.
  std::optional<Pattern> take_pattern();
  // Takes a decimal number of at most `max`. Reports an error and gives nothing if there is none.
  std::optional<std::size_t> take_number(std::size_t max);
  // A cursor over the next `n` bytes, which this one passes.
  Cursor part(std::size_t n);

  // Reports a mistake at [place, place + length), or from here to the next blank.
  void report(LintCode code, Place place, std::size_t length, std::string message,
              std::string hint = "");
  void report_here(LintCode code, std::string message, std::string hint = "");
  // Reports whatever is left on the line, if anything is. Gives true at the end of the line.
  bool expect_end();

 private:
  // What stands between two quotes, as it is written, or nothing and an error.
  std::optional<std::string_view> take_quoted();
  // `inner`, which begins at `begin`, with its escapes replaced.
  std::optional<std::string> unquote(std::string_view inner, Place begin);

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t line_;
  std::size_t column_;
  Diagnostics& diagnostics_;
};

}  // namespace chatspec
