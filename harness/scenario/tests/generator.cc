#include "harness/scenario/tests/generator.h"

#include <array>
#include <utility>

#include "harness/scenario/vocabulary.h"

namespace chatspec {

std::string Generator::bytes(std::size_t most) {
  constexpr std::string_view kTelling("\"\\|<>*# \t\r\n\0.x0rnt\x7f\xc2\x9b", 22);
  std::string text(below(most + 1), '\0');
  for (char& c : text) {
    c = chance(2) ? one_of(kTelling) : static_cast<char>(below(256));
  }
  return text;
}

std::string Generator::readable(std::size_t most) {
  constexpr std::string_view kTelling("\"\\|<>*# .:x0nCS");
  std::string text(1 + below(most), '\0');
  for (char& c : text) {
    c = chance(2) ? one_of(kTelling) : static_cast<char>(' ' + below(0x5f));
  }
  if (text.front() == ' ') text.front() = '.';
  if (text.back() == ' ') text.back() = '.';
  return text;
}

std::string Generator::word() {
  constexpr std::string_view kLetters = "abcxyz019-";
  std::string text = "w";  // no item is called so
  for (std::size_t i = below(6); i > 0; --i) text += one_of(kLetters);
  return text;
}

Literal Generator::literal() {
  return {chance(2) ? bytes(12) : readable(12), chance(4) ? 1 + below(1000) : 1};
}

Pattern Generator::pattern() {
  Pattern pattern;
  for (std::size_t i = 1 + below(3); i > 0; --i) pattern.parts.push_back(bytes(5));
  return pattern;
}

ValueLine Generator::value_line() {
  switch (below(4)) {
    case 0:
      return {Random{below(100), one_of(kAlphabets).alphabet}};
    case 1:
      return {Column{word()}};
    default:
      return {literal()};
  }
}

Value Generator::value() {
  Value value;
  for (std::size_t i = 1 + below(3); i > 0; --i) value.push_back(value_line());
  return value;
}

std::vector<Name> Generator::names() {
  std::vector<Name> names;
  for (std::size_t i = 1 + below(3); i > 0; --i) names.push_back({word()});
  return names;
}

Number Generator::number() {
  if (chance(4)) return {0, word()};
  return {below(1'000'001)};
}

Item Generator::item() {
  Item item{.kind = static_cast<ItemKind>(below(static_cast<std::size_t>(ItemKind::kColumn) + 1))};
  switch (item.kind) {
    case ItemKind::kUnit:
    case ItemKind::kRaw:
      item.text = literal();
      break;
    case ItemKind::kSignature:
      item.form = one_of(kSignatureForms).form;
      if (chance(2)) item.key = 1 + below(9);
      [[fallthrough]];
    case ItemKind::kMessage:
      item.number = below(10);
      break;
    case ItemKind::kComplains:
      if (chance(2)) break;
      [[fallthrough]];
    case ItemKind::kLike:
    case ItemKind::kPrints:
      item.pattern = pattern();
      break;
    case ItemKind::kExit:
      item.exit = chance(2) ? ExitWanted::kStatus : one_of(kExits).exit;
      if (item.exit == ExitWanted::kStatus) item.status = 1 + below(255);
      break;
    case ItemKind::kColumn:
      item.column = word();
      break;
    default:
      break;
  }
  return item;
}

Delivery Generator::delivery() {
  Delivery delivery{.joined = chance(3), .apart = chance(3), .every = std::nullopt, .at = {}};
  if (chance(3)) {
    delivery.every = number();
  } else if (chance(3)) {
    for (std::size_t i = 1 + below(3); i > 0; --i) delivery.at.push_back(number());
  }
  return delivery;
}

Alternative Generator::alternative(bool is_first) {
  Alternative way{.item = item()};
  if (!is_first || chance(8)) {
    way.deviates = chance(2);
    if (way.deviates && chance(2)) way.requirement = "END-" + std::to_string(below(9));
  }
  while (chance(4)) way.then.push_back(item());
  return way;
}

TranscriptLine Generator::transcript_line() {
  TranscriptLine line{.speaker = chance(2) ? Role::kClient : Role::kServer,
                      .connection = static_cast<int>(1 + below(9)),
                      .alternatives = {},
                      .delivery = delivery()};
  line.alternatives.push_back(alternative(true));
  while (chance(3)) line.alternatives.push_back(alternative(false));
  return line;
}

FileSignature Generator::file_signature() {
  switch (below(3)) {
    case 0:
      return {one_of(kSignatureForms).form};
    case 1:
      return {below(1000)};
    default:
      return {literal()};
  }
}

FileDefinition Generator::file() {
  FileDefinition file{.file = static_cast<FileKind>(below(3)), .content = std::nullopt};
  switch (below(3)) {
    case 0:
      file.absent = true;
      break;
    case 1:
      file.content = literal();
      break;
    default:
      file.*(one_of(kFileStyles).member) = true;
      file.*(one_of(kFileStyles).member) = true;
  }
  return file;
}

ArgumentDefinition Generator::argument() {
  ArgumentDefinition argument{std::string(one_of(kPlaceholders)), std::nullopt};
  if (chance(2)) argument.value = literal();
  return argument;
}

Table Generator::table() {
  Table table;
  const auto cell = [&] {
    if (chance(4)) return std::string();
    return chance(2) ? word() : "\"a | b\\\"\" * 3";
  };
  for (std::size_t i = below(4); i > 0; --i) table.columns.push_back({cell()});
  if (table.columns.empty()) return table;
  for (std::size_t i = below(4); i > 0; --i) {
    auto& row = table.rows.emplace_back();
    while (row.size() < table.columns.size()) row.push_back({cell()});
  }
  return table;
}

// Two empty lines are one, and none begins a file.
std::vector<LeadLine> Generator::lead(bool is_first) {
  std::vector<LeadLine> lead;
  while (chance(2)) {
    const bool may_be_empty = lead.empty() ? !is_first : lead.back().has_value();
    if (may_be_empty && chance(2)) {
      lead.push_back(std::nullopt);
    } else {
      lead.push_back(chance(4) ? "" : readable(20));
    }
  }
  return lead;
}

StatementContent Generator::statement() {
  switch (below(15)) {
    case 0:
      return Covers{names()};
    case 1:
      return LevelIs{one_of(kLevels).level};
    case 2:
      return one_of(kRoles).roles;
    case 3:
      return Profiles{names()};
    case 4:
      return Tags{names()};
    case 5:
      return Needs{names()};
    case 6:
      return KeyDefinition{value()};
    case 7:
      return MessageDefinition{value()};
    case 8:
      return file_signature();
    case 9:
      return file();
    case 10:
      return argument();
    case 11:
      return table();
    default:
      return transcript_line();
  }
}

Scenario Generator::scenario() {
  Scenario scenario;
  scenario.statements.push_back({Title{readable(30)}, lead(true)});
  for (std::size_t i = below(8); i > 0; --i) {
    StatementContent content = statement();
    scenario.statements.push_back({std::move(content), lead(false)});
  }
  scenario.tail = lead(false);
  if (!scenario.tail.empty() && !scenario.tail.back()) scenario.tail.pop_back();
  return scenario;
}

}  // namespace chatspec
