#include "harness/scenario/printer.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include <fmt/format.h>

#include "harness/scenario/plain_text.h"
#include "harness/scenario/vocabulary.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kValueColumn = 10;  // where the value of a directive begins
constexpr std::size_t kModifierColumn =
    25;  // where the bar before the modifiers of a transcript line stands

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

template <typename Table, typename Member, typename Value>
std::string_view word_for(const Table& table, Member member, const Value& value) {
  const auto found = std::ranges::find(table, value, member);
  assert(found != table.end());
  return found->word;
}

std::string_view directive_word(DirectiveKind kind) {
  return word_for(kDirectives, &DirectiveWord::kind, kind);
}

std::string aligned(std::string_view word, std::string_view value) {
  return fmt::format("{:<{}} {}\n", word, kValueColumn - 1, value);
}

std::string directive(DirectiveKind kind, std::string_view value) {
  return aligned(directive_word(kind), value);
}

// Whether text may stand without quotes. Where it could be taken for something else, it may not.
bool may_be_plain(std::string_view text, std::string_view forbidden) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  return !find_doubt(text) && std::ranges::all_of(text, [&](char c) {
    return chat::is_printable(c) && !forbidden.contains(c);
  });
}

// In quotes, with * between the parts. A star that is text is written as an escape.
std::string print(const Pattern& pattern) {
  std::string out;
  for (const std::string& part : pattern.parts) {
    out += out.empty() ? '"' : '*';
    for (const char c : chat::escape_bytes(part)) {
      if (c == '*') {
        out += "\\x2a";
      } else {
        out += c;
      }
    }
  }
  return out + '"';
}

// A line of output: ` "…"`, ` like "…"`, or nothing for any.
std::string print_printed_line(const Pattern& pattern) {
  if (pattern.parts.empty()) return "";
  if (pattern.parts.size() == 1) return " " + chat::quote(pattern.parts.front());
  return " like " + print(pattern);
}

std::string print(const Literal& literal) {
  std::string out = chat::quote(literal.bytes);
  if (literal.times != 1) out += fmt::format(" * {}", literal.times);
  return out;
}

std::string print(const Random& random) {
  if (random.alphabet == Alphabet::kPrintable) return fmt::format("<random {}>", random.count);
  return fmt::format("<random {} {}>", random.count,
                     word_for(kAlphabets, &AlphabetWord::alphabet, random.alphabet));
}

std::string print(const ValueLine& line, bool alone) {
  return std::visit(
      Overloaded{[&](const Literal& literal) {
                   const bool plain = alone && literal.times == 1 &&
                                      may_be_plain(literal.bytes, "") &&
                                      literal.bytes.front() != '"' && literal.bytes.front() != '<';
                   return plain ? literal.bytes : print(literal);
                 },
                 [](const Random& random) { return print(random); },
                 [](const Column& column) { return fmt::format("<{}>", column.name); }},
      line.content);
}

std::string print(DirectiveKind kind, const Value& value) {
  assert(!value.empty());
  std::string out = directive(kind, print(value.front(), value.size() == 1));
  for (std::size_t i = 1; i < value.size(); ++i) out += aligned("", print(value[i], false));
  return out;
}

std::string print(const Number& number) {
  return number.column.empty() ? fmt::format("{}", number.value)
                               : fmt::format("<{}>", number.column);
}

std::string print_names(DirectiveKind kind, const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) out += (out.empty() ? "" : " ") + name.text;
  return directive(kind, out);
}

std::string print(const FileSignature& signature) {
  const std::string value = std::visit(
      Overloaded{[](SignatureForm form) {
                   return std::string(word_for(kSignatureForms, &SignatureFormWord::form, form));
                 },
                 [](std::size_t message) { return fmt::format("of {}", message); },
                 [](const Literal& literal) { return print(literal); }},
      signature.content);
  return directive(DirectiveKind::kSignature, value);
}

std::string print(const FileDefinition& file) {
  std::string value;
  if (file.absent) value = "<absent>";
  if (file.content) value = print(*file.content);
  for (const FileStyleWord& style : kFileStyles) {
    if (file.*(style.member)) value += (value.empty() ? "" : " ") + std::string(style.word);
  }
  return directive(directive_of(file.file), value);
}

std::string print(const ArgumentDefinition& argument) {
  return directive(DirectiveKind::kArgument,
                   fmt::format("{} {}", argument.placeholder,
                               argument.value ? print(*argument.value) : "<absent>"));
}

std::string print(const Table& table) {
  std::vector<std::size_t> widths;
  for (const Name& column : table.columns) widths.push_back(column.text.size());
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].text.size());
  }
  std::string out = std::string(directive_word(DirectiveKind::kTable)) + "\n";
  const auto print_row = [&](const auto& cells) {
    out += "  |";
    for (std::size_t i = 0; i < cells.size(); ++i)
      out += fmt::format(" {:<{}} |", cells[i].text, widths[i]);
    out += "\n";
  };
  if (!table.columns.empty()) print_row(table.columns);
  for (const auto& row : table.rows) print_row(row);
  return out;
}

std::string print(const Delivery& delivery) {
  std::string out;
  if (delivery.every) out += fmt::format(" | split {}", print(*delivery.every));
  for (std::size_t i = 0; i < delivery.at.size(); ++i) {
    out += (i == 0 ? " | split at " : ", ") + print(delivery.at[i]);
  }
  if (delivery.joined) out += " | joined";
  if (delivery.apart) out += " | apart";
  return out;
}

std::string print(std::string_view begin, const Alternative& alternative,
                  const Delivery& delivery) {
  std::string out = fmt::format("{} {}", begin, chatspec::print(alternative.item));
  std::string modifiers = print(delivery);
  if (alternative.deviates) modifiers += " | deviates";
  if (!alternative.requirement.empty()) modifiers += " " + alternative.requirement;
  if (!modifiers.empty()) out = fmt::format("{:<{}}{}", out, kModifierColumn - 1, modifiers);
  out += "\n";
  for (const Item& item : alternative.then) out += fmt::format("then {}\n", chatspec::print(item));
  return out;
}

std::string print(const TranscriptLine& line) {
  assert(!line.alternatives.empty() && line.connection >= 1);
  std::string begin = line.speaker == Role::kClient ? "C" : "S";
  if (line.connection != 1) begin += fmt::format("{}", line.connection);
  std::string out = print(begin + ":", line.alternatives.front(), line.delivery);
  for (std::size_t i = 1; i < line.alternatives.size(); ++i)
    out += print("or", line.alternatives[i], {});
  return out;
}

std::string print(const StatementContent& content) {
  return std::visit(
      Overloaded{
          [](const Title& title) { return directive(DirectiveKind::kScenario, title.text); },
          [](const Covers& covers) {
            return print_names(DirectiveKind::kCovers, covers.requirements);
          },
          [](const LevelIs& level) {
            return directive(DirectiveKind::kLevel,
                             word_for(kLevels, &LevelWord::level, level.level));
          },
          [](const Roles& roles) {
            return directive(DirectiveKind::kRole, word_for(kRoles, &RoleWord::roles, roles));
          },
          [](const Profiles& profiles) {
            return print_names(DirectiveKind::kProfile, profiles.names);
          },
          [](const Tags& tags) { return print_names(DirectiveKind::kTags, tags.names); },
          [](const Needs& needs) { return print_names(DirectiveKind::kNeeds, needs.scenarios); },
          [](const KeyDefinition& key) { return print(DirectiveKind::kKey, key.value); },
          [](const MessageDefinition& message) {
            return print(DirectiveKind::kMessage, message.value);
          },
          [](const auto& other) { return print(other); }},
      content);
}

void print_lead(const std::vector<LeadLine>& lead, std::string& out) {
  for (const LeadLine& line : lead) {
    if (!line) {
      if (!out.empty()) out += "\n";
    } else {
      out += line->empty() ? "#\n" : "# " + *line + "\n";
    }
  }
}

// Behind these words an item's text is a string.
bool begins_with_keyword(std::string_view text) {
  const std::string_view word = text.substr(0, text.find(' '));
  return word == "raw" || word == "like";
}

std::string print_signature(const Item& item) {
  std::string out = fmt::format("<signature {}", item.number);
  if (item.form != SignatureForm::kRight) {
    out += fmt::format(" {}", word_for(kSignatureForms, &SignatureFormWord::form, item.form));
  }
  if (item.key != 0) out += fmt::format(" with key {}", item.key);
  return out + ">";
}

}  // namespace

std::string print(const Item& item) {
  switch (item.kind) {
    case ItemKind::kUnit: {
      const bool plain = item.text.times == 1 && may_be_plain(item.text.bytes, "\"<>|") &&
                         !begins_with_keyword(item.text.bytes);
      return plain ? item.text.bytes : print(item.text);
    }
    case ItemKind::kRaw:
      return "raw " + print(item.text);
    case ItemKind::kMessage:
      return fmt::format("<message {}>", item.number);
    case ItemKind::kSignature:
      return print_signature(item);
    case ItemKind::kLike:
      return "like " + print(item.pattern);
    case ItemKind::kPrints:
      return fmt::format("<prints{}>", print_printed_line(item.pattern));
    case ItemKind::kComplains:
      return fmt::format("<complains{}>", print_printed_line(item.pattern));
    case ItemKind::kExit:
      if (item.exit == ExitWanted::kStatus) return fmt::format("<exit {}>", item.status);
      return fmt::format("<exit {}>", word_for(kExits, &ExitWord::exit, item.exit));
    case ItemKind::kColumn:
      return fmt::format("<{}>", item.column);
    default:
      return fmt::format("<{}>", word_for(kTags, &TagWord::kind, item.kind));
  }
}

std::string print(const Scenario& scenario) {
  std::string out;
  for (const Statement& statement : scenario.statements) {
    print_lead(statement.lead, out);
    out += print(statement.content);
  }
  print_lead(scenario.tail, out);
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace chatspec
