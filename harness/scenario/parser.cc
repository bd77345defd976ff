#include "harness/scenario/parser.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/item_parser.h"
#include "harness/scenario/suggest.h"
#include "harness/scenario/vocabulary.h"
#include "reference/quote.h"
#include "reference/suggest.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxMessages = 1'000'000;

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
      const Place begin = cursor.place();
      std::string_view comment = cursor.take_rest();
      check_readable(cursor, begin, comment);
      if (comment.starts_with(' ')) comment.remove_prefix(1);
      lead_.push_back(std::string(comment));
    } else if (cursor.peek() == '|') {
      if (!left_out_) parse_row(cursor);
    } else if (cursor.peek() == '"' || cursor.peek() == '<') {
      if (!left_out_) parse_continuation(cursor);
    } else if (cursor.take_keyword("or")) {
      if (!left_out_) parse_alternative(cursor);
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
    if (word.ends_with(':')) return parse_transcript(cursor, word, span);
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
    parse_directive(cursor, *directive, span);
  }

  // What begins a line and is no directive: a line of the transcript or of a text, or mistyped.
  static std::string hint_for_unknown(const Cursor& cursor, Place begin, std::string_view word,
                                      std::string_view whole, bool below_text) {
    const bool spoken = word.starts_with("C:") || word.starts_with("S:") ||
                        ((word == "C" || word == "S") && cursor.peek() == ':');
    if (spoken) return "a line of the transcript begins with C: or S: and a blank";
    const bool mistyped =
        begin.column == 1 && !chat::closest_name(word, words_of(kDirectives)).empty();
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

  void parse_directive(Cursor& cursor, const DirectiveWord& directive, Span span) {
    switch (directive.kind) {
      case DirectiveKind::kScenario: {
        const Place begin = cursor.place();
        const std::string_view title = cursor.take_rest();
        check_readable(cursor, begin, title);
        if (const std::size_t tab = title.find('\t'); tab != title.npos)
          cursor.report(LintCode::kControlCharacter, {begin.line, begin.column + tab}, 1,
                        "a title has no tab");
        return add(Title{std::string(title)}, span);
      }
      case DirectiveKind::kCovers:
        return add(Covers{take_names(cursor)}, span);
      case DirectiveKind::kProfile:
        return add(Profiles{take_names(cursor)}, span);
      case DirectiveKind::kTags:
        return add(Tags{take_names(cursor)}, span);
      case DirectiveKind::kNeeds:
        return add(Needs{take_names(cursor)}, span);
      case DirectiveKind::kLevel:
        return parse_level(cursor, directive, span);
      case DirectiveKind::kRole:
        return parse_role(cursor, directive, span);
      case DirectiveKind::kKey:
        return parse_value<KeyDefinition>(cursor, span);
      case DirectiveKind::kMessage:
        return parse_value<MessageDefinition>(cursor, span);
      case DirectiveKind::kSignature:
        return parse_file_signature(cursor, directive, span);
      case DirectiveKind::kMessageFile:
        return parse_file(cursor, FileKind::kMessages, directive, span);
      case DirectiveKind::kSignatureFile:
        return parse_file(cursor, FileKind::kSignatures, directive, span);
      case DirectiveKind::kKeyFile:
        return parse_file(cursor, FileKind::kKeys, directive, span);
      case DirectiveKind::kArgument:
        return parse_argument(cursor, directive, span);
      case DirectiveKind::kTable:
        cursor.expect_end();
        return add(Table{{}, {}, span}, span);
    }
  }

  // Titles and comments are shown to people as they are.
  static void check_readable(Cursor& cursor, Place begin, std::string_view text) {
    const std::size_t at = find_control(text);
    if (at == text.npos) return;
    cursor.report(LintCode::kControlCharacter, {begin.line, begin.column + at}, 1,
                  "this is a control character",
                  "what is printed as it stands holds none, so that it cannot steer a terminal");
  }

  static std::vector<Name> take_names(Cursor& cursor) {
    std::vector<Name> names;
    while (!cursor.at_end()) {
      const Place begin = cursor.place();
      const std::string_view word = cursor.take_word();
      names.push_back({std::string(word), cursor.span_from(begin)});
      cursor.skip_blanks();
    }
    return names;
  }

  void parse_level(Cursor& cursor, const DirectiveWord& directive, Span span) {
    const LevelWord* level = take_one_of(cursor, kLevels, directive);
    if (level && cursor.expect_end()) add(LevelIs{level->level, span}, span);
  }

  void parse_role(Cursor& cursor, const DirectiveWord& directive, Span span) {
    const RoleWord* role = take_one_of(cursor, kRoles, directive);
    if (role && cursor.expect_end()) add(role->roles, span);
  }

  template <typename Entry, std::size_t n>
  const Entry* take_one_of(Cursor& cursor, const std::array<Entry, n>& table,
                           const DirectiveWord& directive) {
    const Place begin = cursor.place();
    const std::string_view word = cursor.take_word();
    if (const Entry* entry = find_word(table, word)) return entry;
    const std::string_view near = chat::closest_name(word, words_of(table));
    cursor.report(
        LintCode::kUnknownWord, begin, word.size(),
        fmt::format("{} is not a {}", chat::quote(word), directive.word),
        near.empty() ? std::string(directive.usage) : fmt::format("did you mean {}?", near));
    return nullptr;
  }

  template <typename Definition>
  void parse_value(Cursor& cursor, Span span) {
    auto line = parse_value_line(cursor);
    if (!line) return;
    add(Definition{{*std::move(line)}}, span);
    open_ = &std::get<Definition>(parsed_.scenario.statements.back().content).value;
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

  void parse_file_signature(Cursor& cursor, const DirectiveWord& directive, Span span) {
    FileSignature signature{SignatureForm::kRight, span};
    if (cursor.peek() == '"') {
      auto literal = parse_literal(cursor);
      if (!literal) return;
      signature.content = *std::move(literal);
    } else if (cursor.take_keyword("of")) {
      const auto number = cursor.take_number(kMaxMessages);
      if (!number) return;
      signature.content = *number;
    } else {
      const SignatureFormWord* form = take_one_of(cursor, kSignatureForms, directive);
      if (!form) return;
      signature.content = form->form;
    }
    if (cursor.expect_end()) add(std::move(signature), span);
  }

  void parse_file(Cursor& cursor, FileKind kind, const DirectiveWord& directive, Span span) {
    FileDefinition file{.file = kind, .content = std::nullopt, .span = span};
    if (cursor.take("<absent>")) {
      file.absent = true;
    } else if (cursor.peek() == '<') {
      return cursor.report(
          LintCode::kUnexpectedText, cursor.place(), cursor.rest().size(),
          fmt::format("{} is no content of a file", chat::quote(cursor.rest())),
          fmt::format("a string says all that the file holds: {}", directive.usage));
    } else if (cursor.peek() == '"') {
      auto literal = parse_literal(cursor);
      if (!literal) return;
      file.content = *std::move(literal);
    }
    cursor.skip_blanks();
    while (!file.absent && !file.content && !cursor.at_end()) {
      const FileStyleWord* style = take_one_of(cursor, kFileStyles, directive);
      if (!style) return;
      file.*(style->member) = true;
      cursor.skip_blanks();
    }
    if (cursor.expect_end()) add(std::move(file), span);
  }

  void parse_argument(Cursor& cursor, const DirectiveWord& directive, Span span) {
    const Place begin = cursor.place();
    ArgumentDefinition argument{std::string(cursor.take_word()), std::nullopt, span};
    if (std::ranges::find(kPlaceholders, argument.placeholder) == kPlaceholders.end()) {
      cursor.report(LintCode::kUnknownWord, begin, argument.placeholder.size(),
                    fmt::format("no argument is called {}", chat::quote(argument.placeholder)),
                    hint_for(argument.placeholder, kPlaceholders));
      return;
    }
    cursor.skip_blanks();
    if (!cursor.take("<absent>")) {
      if (cursor.peek() != '"')
        return cursor.report_here(LintCode::kMissingValue, "the argument is missing",
                                  std::string(directive.usage));
      auto literal = parse_literal(cursor);
      if (!literal) return;
      argument.value = *std::move(literal);
    }
    if (cursor.expect_end()) add(std::move(argument), span);
  }

  // `| a | b |`: the names of the columns first, then the rows.
  void parse_row(Cursor& cursor) {
    Statement* last =
        parsed_.scenario.statements.empty() ? nullptr : &parsed_.scenario.statements.back();
    Table* table = last ? std::get_if<Table>(&last->content) : nullptr;
    if (!table)
      return cursor.report_here(LintCode::kMisplacedLine, "this row belongs to no table",
                                "rows stand directly below `table`");
    std::vector<TableCell> cells;
    refuse_comments(cursor, "a table");
    cursor.advance(1);
    cursor.skip_blanks();
    if (cursor.at_end()) return cursor.report_here(LintCode::kBadTable, "this row has no cells");
    while (!cursor.at_end()) {
      cursor.skip_blanks();
      Cursor cell = cursor.part(length_before_bar(cursor.rest()));
      const Place begin = cell.place();
      const std::string_view text = cell.take_rest();
      check_readable(cursor, begin, text);  // a title may show it
      cells.push_back({std::string(text), {begin, std::max<std::size_t>(text.size(), 1)}});
      if (!cursor.take("|")) cursor.report_here(LintCode::kUnclosed, "a row ends with |");
      cursor.skip_blanks();
    }
    if (table->columns.empty()) {
      for (TableCell& cell : cells) table->columns.push_back({std::move(cell.text), cell.span});
    } else if (cells.size() != table->columns.size()) {
      cursor.report(LintCode::kBadTable, {cursor.place().line, 1}, 1,
                    fmt::format("this row has {} cells, the table {} columns", cells.size(),
                                table->columns.size()));
    } else {
      table->rows.push_back(std::move(cells));
    }
  }

  static std::size_t length_before_bar(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (quoted && text[i] == '\\') {
        ++i;
      } else if (text[i] == '"') {
        quoted = !quoted;
      } else if (!quoted && text[i] == '|') {
        return i;
      }
    }
    return text.size();
  }

  void parse_transcript(Cursor& cursor, std::string_view word, Span span) {
    TranscriptLine line;
    line.span = span;
    const bool known = word.front() == 'C' || word.front() == 'S';
    const bool numbered = word.size() == 3 && word[1] >= '1' && word[1] <= '9';
    if (!known || (word.size() != 2 && !numbered)) {
      cursor.report(LintCode::kUnknownSpeaker, span.place, span.length,
                    fmt::format("{} begins no line of a transcript", chat::quote(word)),
                    hint_for_speaker(word));
      return;
    }
    line.speaker = word.front() == 'C' ? Role::kClient : Role::kServer;
    if (numbered) line.connection = word[1] - '0';
    Alternative alternative;
    if (!parse_item_with_modifiers(cursor, alternative, &line.delivery)) return;
    line.alternatives.push_back(std::move(alternative));
    add(std::move(line), span);
  }

  static std::string hint_for_speaker(std::string_view word) {
    word.remove_suffix(1);
    if (find_word(kDirectives, word)) return fmt::format("write `{}` without the colon", word);
    for (const std::string_view side : {"client", "server"}) {
      const bool meant = chat::closest_name(word, {&side, 1}) == side || word == side.substr(0, 1);
      if (meant) return side == "client" ? "did you mean C:?" : "did you mean S:?";
    }
    return "lines begin with C: or S:, with C2: or S2: on a second connection";
  }

  // `or …`: another way to meet the expectation above.
  void parse_alternative(Cursor& cursor) {
    Statement* last =
        parsed_.scenario.statements.empty() ? nullptr : &parsed_.scenario.statements.back();
    TranscriptLine* line = last ? std::get_if<TranscriptLine>(&last->content) : nullptr;
    if (!line) {
      return cursor.report_here(LintCode::kMisplacedLine,
                                "this `or` has nothing to be an alternative to",
                                "it stands directly below a line of the transcript");
    }
    refuse_comments(cursor, "what is expected and its alternatives");
    cursor.skip_blanks();
    Alternative alternative;
    if (parse_item_with_modifiers(cursor, alternative, nullptr))
      line->alternatives.push_back(std::move(alternative));
  }

  // `then …`: what comes next in the way above.
  void parse_then(Cursor& cursor) {
    Statement* last =
        parsed_.scenario.statements.empty() ? nullptr : &parsed_.scenario.statements.back();
    TranscriptLine* line = last ? std::get_if<TranscriptLine>(&last->content) : nullptr;
    if (!line) {
      return cursor.report_here(LintCode::kMisplacedLine, "this `then` has nothing to go on from",
                                "it stands below a line of the transcript or an `or`");
    }
    refuse_comments(cursor, "what is expected and its alternatives");
    Cursor inner = cursor.part(length_before_modifiers(cursor.rest()));
    auto item = parse_item(inner);
    if (!item) return;
    if (!cursor.at_end()) {
      return cursor.report_here(LintCode::kUnexpectedText, "behind `then` stands no modifier",
                                "`deviates` stands behind the `or` that begins this way");
    }
    line->alternatives.back().then.push_back(*std::move(item));
  }

  static bool parse_item_with_modifiers(Cursor& cursor, Alternative& alternative,
                                        Delivery* delivery) {
    Cursor inner = cursor.part(length_before_modifiers(cursor.rest()));
    auto item = parse_item(inner);
    if (!item) return false;
    alternative.item = *std::move(item);
    return parse_modifiers(cursor, alternative, delivery);
  }

  void add(StatementContent content, Span span) {
    parsed_.scenario.statements.push_back({std::move(content), std::exchange(lead_, {}), span});
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
