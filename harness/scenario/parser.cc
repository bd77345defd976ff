// What a line is shows at its beginning: `#`, `|`, a quote or `<`, `or`, `then`, a speaker with its
// colon, or a directive. A line that makes a statement closes the one before; the others go on with
// it, and belong to nothing where it cannot be gone on with. Where a statement was wrong it is left
// out, and with it, silently, the lines that go on with it, since they would only repeat that.
// Comments and empty lines are kept for the statement below them, so that printing gives them back.

#include "harness/scenario/parser.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/directive_parser.h"
#include "harness/scenario/hint.h"
#include "harness/scenario/item_parser.h"
#include "harness/scenario/table_parser.h"
#include "harness/scenario/transcript_parser.h"
#include "harness/scenario/vocabulary.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// Reads the file's lines in order. The statement that was read last stays open for the lines that
// continue it.
class Parser {
 public:
  explicit Parser(std::string_view source) : source_(source) {}

  Parsed parse() {
    if (source_.size() > kMaxSourceBytes) {
      parsed_.diagnostics.add(LintCode::kTooLarge, {1, 1}, 1,
                              fmt::format("a scenario has at most {} bytes", kMaxSourceBytes));
      return std::move(parsed_);
    }
    for (std::size_t begin = 0, line = 1; begin < source_.size() && !is_next_scenario_; ++line) {
      const std::size_t end = std::min(source_.find('\n', begin), source_.size());
      std::string_view text = source_.substr(begin, end - begin);
      if (text.ends_with('\r')) text.remove_suffix(1);
      parse_line(text, line);
      begin = end + 1;
    }
    parsed_.scenario.tail = std::exchange(lead_, {});
    trim();
    parsed_.diagnostics.sort();
    return std::move(parsed_);
  }

 private:
  void parse_line(std::string_view text, std::size_t line) {
    Cursor cursor(text, line, 1, parsed_.diagnostics);
    cursor.skip_blanks();
    if (cursor.at_end()) {
      if (lead_.empty() || lead_.back()) lead_.push_back(std::nullopt);
    } else if (cursor.take("#")) {
      std::string_view comment = cursor.take_readable_rest();
      if (comment.starts_with(' ')) comment.remove_prefix(1);
      lead_.push_back(std::string(comment));
    } else if (cursor.peek() == '|') {
      if (!left_out_) parse_table_row(cursor);
    } else if (cursor.peek() == '"' || cursor.peek() == '<') {
      if (!left_out_) parse_continuation(cursor);
    } else if (cursor.take_keyword("or")) {
      if (!left_out_) parse_or(cursor);
    } else if (cursor.take_keyword("then")) {
      if (!left_out_) parse_then(cursor);
    } else {
      const std::size_t before = parsed_.scenario.statements.size();
      parse_statement(cursor);
      left_out_ = parsed_.scenario.statements.size() == before;
    }
  }

  void parse_statement(Cursor& cursor) {
    const Place begin = cursor.place();
    const std::string_view whole = cursor.rest();
    const std::string_view word = cursor.take_word();
    const Span span = cursor.span_from(begin);
    if (begin == Place{1, 1} && word.starts_with("\xef\xbb\xbf")) {
      return cursor.report(LintCode::kByteOrderMark, begin, 1,
                           "the file begins with a byte order mark", "save it without");
    }
    cursor.skip_blanks();
    const bool below_text = std::exchange(open_, nullptr) != nullptr;
    const bool below_empty_text = std::exchange(text_is_missing_, false);
    if (word.ends_with(':')) {
      if (auto line = parse_turn(cursor, word, span)) add(*std::move(line), span);
      return;
    }
    const DirectiveWord* directive = find_word(kDirectives, word);
    if (!directive) {
      text_is_missing_ = below_empty_text;  // of which this is a line, and it was told
      if (below_empty_text) return;
      cursor.report(LintCode::kUnknownDirective, begin, word.size(),
                    fmt::format("no directive is called {}", chat::quote(word)),
                    hint_for_unknown(cursor, begin, word, whole, below_text));
      return;
    }
    if (cursor.at_end() && directive->kind != DirectiveKind::kTable) {
      return report_nothing_said(cursor, *directive, begin);
    }
    if (directive->kind == DirectiveKind::kScenario && !parsed_.scenario.statements.empty()) {
      is_next_scenario_ = parsed_.scenario.find<Title>() != nullptr;
      if (is_next_scenario_) {
        return cursor.report(LintCode::kSeveralScenarios, begin, word.size(),
                             "a file holds one scenario, and this is the next",
                             "put it, and what is below it, into a file of its own");
      }
    }
    if (auto content = parse_directive(cursor, *directive, span)) add(*std::move(content), span);
  }

  // What begins a line and is no directive: a line of the transcript or of a text, or mistyped.
  static std::string hint_for_unknown(const Cursor& cursor, Place begin, std::string_view word,
                                      std::string_view whole, bool below_text) {
    const bool spoken = word.starts_with("C:") || word.starts_with("S:") ||
                        ((word == "C" || word == "S") && cursor.peek() == ':');
    if (spoken) return "a line of the transcript begins with C: or S: and a blank";
    const bool mistyped = begin.column == 1 && is_mistyped(word, words_of(kDirectives));
    if (below_text && !mistyped) {
      return fmt::format("a further line of the text above stands in quotes: {}",
                         chat::quote(whole));
    }
    return hint_for(word, words_of(kDirectives));
  }

  void report_nothing_said(Cursor& cursor, const DirectiveWord& directive, Place begin) {
    text_is_missing_ =
        directive.kind == DirectiveKind::kKey || directive.kind == DirectiveKind::kMessage;
    cursor.report(LintCode::kMissingValue, begin, directive.word.size(),
                  fmt::format("`{}` needs a value", directive.word),
                  text_is_missing_
                      ? fmt::format("its text begins on this line, and each further line stands "
                                    "below it in quotes: {} \"first line\"",
                                    directive.word)
                      : std::string(directive.usage));
  }

  // A further line of the key or message above.
  void parse_continuation(Cursor& cursor) {
    if (!open_) {
      cursor.report_here(
          LintCode::kMisplacedLine, "this continues nothing",
          "a line that begins with a quote or < continues a `key` or `message` directly above");
      return;
    }
    refuse_comments(cursor, "a text");
    if (auto line = parse_value_line(cursor)) open_->push_back(*std::move(line));
  }

  // A comment belongs to the statement below it, so there is no place for one within a statement.
  void refuse_comments(Cursor& cursor, std::string_view where) {
    const bool comment = std::ranges::any_of(lead_, &LeadLine::has_value);
    if (comment) {
      cursor.report_here(LintCode::kMisplacedComment,
                         fmt::format("above this stands a comment, in the middle of {}", where),
                         "comments stand above the whole statement");
    }
    lead_.clear();
  }

  void parse_table_row(Cursor& cursor) {
    Table* table = last<Table>();
    if (!table) {
      return cursor.report_here(LintCode::kMisplacedLine, "this row belongs to no table",
                                "rows stand directly below `table`");
    }
    refuse_comments(cursor, "a table");
    parse_row(cursor, *table);
  }

  void parse_or(Cursor& cursor) {
    TranscriptLine* line = last<TranscriptLine>();
    if (!line) {
      return cursor.report_here(LintCode::kMisplacedLine,
                                "this `or` has nothing to be an alternative to",
                                "it stands directly below a line of the transcript");
    }
    refuse_comments(cursor, "what is expected and its alternatives");
    if (auto alternative = parse_alternative(cursor))
      line->alternatives.push_back(*std::move(alternative));
  }

  void parse_then(Cursor& cursor) {
    TranscriptLine* line = last<TranscriptLine>();
    if (!line) {
      return cursor.report_here(LintCode::kMisplacedLine, "this `then` has nothing to go on from",
                                "it stands below a line of the transcript or an `or`");
    }
    refuse_comments(cursor, "what is expected and its alternatives");
    assert(!line->alternatives.empty());
    if (auto item = parse_continued(cursor))
      line->alternatives.back().then.push_back(*std::move(item));
  }

  // The last statement, if it is of this kind.
  template <typename T>
  T* last() {
    if (parsed_.scenario.statements.empty()) return nullptr;
    return std::get_if<T>(&parsed_.scenario.statements.back().content);
  }

  // A key and a message stay open for further lines.
  void add(StatementContent content, Span span) {
    parsed_.scenario.statements.push_back({std::move(content), std::exchange(lead_, {}), span});
    if (KeyDefinition* key = last<KeyDefinition>()) open_ = &key->value;
    if (MessageDefinition* message = last<MessageDefinition>()) open_ = &message->value;
  }

  // Empty lines at the beginning and the end of a file mean nothing.
  void trim() {
    std::vector<LeadLine>& last = parsed_.scenario.tail;
    std::vector<LeadLine>& first =
        parsed_.scenario.statements.empty() ? last : parsed_.scenario.statements.front().lead;
    if (!first.empty() && !first.front()) first.erase(first.begin());
    if (!last.empty() && !last.back()) last.pop_back();
  }

  std::string_view source_;
  Parsed parsed_;
  std::vector<LeadLine> lead_;
  bool is_next_scenario_ = false;  // nothing is read from there on
  bool text_is_missing_ = false;   // of the key or message above
  bool left_out_ =
      false;  // the statement above was wrong; what continues it would only repeat that
  Value* open_ =
      nullptr;  // the key or message that a next line may continue; points into the last statement
};

}  // namespace

Parsed parse_scenario(std::string_view source) {
  return Parser(source).parse();
}

}  // namespace chatspec
