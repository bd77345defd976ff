#include "harness/scenario/directive_parser.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/hint.h"
#include "harness/scenario/item_parser.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using Content = std::optional<StatementContent>;

std::vector<Name> take_names(Cursor& cursor) {
  std::vector<Name> names;
  while (!cursor.at_end()) {
    const Place begin = cursor.place();
    const std::string_view word = cursor.take_word();
    names.push_back({std::string(word), cursor.span_from(begin)});
    cursor.skip_blanks();
  }
  return names;
}

Content parse_title(Cursor& cursor) {
  const Place begin = cursor.place();
  const std::string_view title = cursor.take_readable_rest();
  if (const std::size_t tab = title.find('\t'); tab != title.npos) {
    cursor.report(LintCode::kControlCharacter, {begin.line, begin.column + tab}, 1,
                  "a title has no tab");
  }
  return Title{std::string(title), cursor.span_from(begin)};
}

template <typename Entry, std::size_t n>
const Entry* take_one_of(Cursor& cursor, const std::array<Entry, n>& table,
                         const DirectiveWord& directive) {
  const Place begin = cursor.place();
  const std::string_view word = cursor.take_word();
  if (const Entry* entry = find_word(table, word)) return entry;
  cursor.report(LintCode::kUnknownWord, begin, word.size(),
                fmt::format("{} is not a {}", chat::quote(word), directive.word),
                hint_for(word, words_of(table), directive.usage));
  return nullptr;
}

Content parse_level(Cursor& cursor, const DirectiveWord& directive, Span span) {
  const LevelWord* level = take_one_of(cursor, kLevels, directive);
  if (!level || !cursor.expect_end()) return std::nullopt;
  return LevelIs{level->level, span};
}

Content parse_role(Cursor& cursor, const DirectiveWord& directive) {
  const RoleWord* role = take_one_of(cursor, kRoles, directive);
  if (!role || !cursor.expect_end()) return std::nullopt;
  return role->roles;
}

template <typename Definition>
Content parse_value(Cursor& cursor) {
  auto line = parse_value_line(cursor);
  if (!line) return std::nullopt;
  return Definition{{*std::move(line)}};
}

Content parse_file_signature(Cursor& cursor, const DirectiveWord& directive, Span span) {
  FileSignature signature{SignatureForm::kRight, span};
  if (cursor.peek() == '"') {
    auto literal = parse_literal(cursor);
    if (!literal) return std::nullopt;
    signature.content = *std::move(literal);
  } else if (cursor.take_keyword("of")) {
    const auto number = cursor.take_number(kMaxNumber);
    if (!number) return std::nullopt;
    signature.content = *number;
  } else {
    const SignatureFormWord* form = take_one_of(cursor, kSignatureForms, directive);
    if (!form) return std::nullopt;
    signature.content = form->form;
  }
  if (!cursor.expect_end()) return std::nullopt;
  return signature;
}

Content parse_file(Cursor& cursor, FileKind kind, const DirectiveWord& directive, Span span) {
  FileDefinition file{.file = kind, .content = std::nullopt, .span = span};
  if (cursor.take("<absent>")) {
    file.absent = true;
  } else if (cursor.peek() == '<') {
    cursor.report(LintCode::kUnexpectedText, cursor.place(), cursor.rest().size(),
                  fmt::format("{} is no content of a file", chat::quote(cursor.rest())),
                  fmt::format("a string says all that the file holds: {}", directive.usage));
    return std::nullopt;
  } else if (cursor.peek() == '"') {
    auto literal = parse_literal(cursor);
    if (!literal) return std::nullopt;
    file.content = *std::move(literal);
  }
  cursor.skip_blanks();
  while (!file.absent && !file.content && !cursor.at_end()) {
    const FileStyleWord* style = take_one_of(cursor, kFileStyles, directive);
    if (!style) return std::nullopt;
    file.*(style->member) = true;
    cursor.skip_blanks();
  }
  if (!cursor.expect_end()) return std::nullopt;
  return file;
}

Content parse_argument(Cursor& cursor, const DirectiveWord& directive, Span span) {
  const Place begin = cursor.place();
  ArgumentDefinition argument{std::string(cursor.take_word()), std::nullopt, span};
  if (std::ranges::find(kPlaceholders, argument.placeholder) == kPlaceholders.end()) {
    cursor.report(LintCode::kUnknownWord, begin, argument.placeholder.size(),
                  fmt::format("no argument is called {}", chat::quote(argument.placeholder)),
                  hint_for(argument.placeholder, kPlaceholders));
    return std::nullopt;
  }
  cursor.skip_blanks();
  if (!cursor.take("<absent>")) {
    if (cursor.peek() != '"') {
      cursor.report_here(LintCode::kMissingValue, "the argument is missing",
                         std::string(directive.usage));
      return std::nullopt;
    }
    auto literal = parse_literal(cursor);
    if (!literal) return std::nullopt;
    argument.value = *std::move(literal);
  }
  if (!cursor.expect_end()) return std::nullopt;
  return argument;
}

}  // namespace

std::optional<StatementContent> parse_directive(Cursor& cursor, const DirectiveWord& directive,
                                                Span span) {
  switch (directive.kind) {
    case DirectiveKind::kScenario:
      return parse_title(cursor);
    case DirectiveKind::kCovers:
      return Covers{take_names(cursor)};
    case DirectiveKind::kProfile:
      return Profiles{take_names(cursor)};
    case DirectiveKind::kTags:
      return Tags{take_names(cursor)};
    case DirectiveKind::kNeeds:
      return Needs{take_names(cursor)};
    case DirectiveKind::kLevel:
      return parse_level(cursor, directive, span);
    case DirectiveKind::kRole:
      return parse_role(cursor, directive);
    case DirectiveKind::kKey:
      return parse_value<KeyDefinition>(cursor);
    case DirectiveKind::kMessage:
      return parse_value<MessageDefinition>(cursor);
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
      return Table{{}, {}, span};
  }
  return std::nullopt;
}

}  // namespace chatspec
