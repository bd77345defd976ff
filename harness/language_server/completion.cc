// Only what stands in front of the place decides: which line it is, how far its words are written,
// and what stands in the lines around it.

#include "harness/language_server/completion.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "harness/language_server/hover.h"
#include "harness/language_server/line_spot.h"
#include "harness/scenario/item_kind.h"

namespace chatspec::language_server {
namespace {

using Proposals = std::vector<Proposal>;

template <typename Table>
void add_words(const Table& table, Proposals& proposals) {
  for (const auto& entry : table) proposals.push_back({.text = std::string(entry.word)});
}

Proposals list_requirements() {
  Proposals proposals;
  for (const chat::Requirement& one : chat::requirements()) {
    proposals.push_back({.text = one.id,
                         .kind = ProposalKind::kRequirement,
                         .detail = std::string(chat::to_string(one.level)),
                         .markdown = describe_requirement(one)});
  }
  return proposals;
}

Proposals list_needs(const LineSpot& spot) {
  Proposals proposals;
  for (const Document* one : spot.workspace.list_scenarios(spot.document)) {
    if (one->id == spot.document.id || !is_scenario_id(one->id)) continue;
    const Title* title = one->scenario.find<Title>();
    proposals.push_back({.text = one->id,
                         .kind = ProposalKind::kScenario,
                         .detail = title ? title->text : "",
                         .markdown = describe_scenario(*one)});
  }
  return proposals;
}

// Those of all scenarios around.
Proposals list_tags(const LineSpot& spot) {
  std::set<std::string> names;
  for (const Document* one : spot.workspace.list_scenarios(spot.document)) {
    const Tags* tags = one->scenario.find<Tags>();
    if (!tags) continue;
    for (const Name& name : tags->names) names.insert(name.text);
  }
  Proposals proposals;
  for (const std::string& name : names)
    proposals.push_back({.text = name, .kind = ProposalKind::kTag});
  return proposals;
}

// `<column>`, of the document's own table.
void add_columns(const LineSpot& spot, Proposals& proposals) {
  const Table* table = spot.document.scenario.find<Table>();
  if (!table) return;
  for (const Name& column : table->columns) {
    if (column.text == kTagsColumn) continue;
    proposals.push_back({.text = fmt::format("<{}>", column.text),
                         .kind = ProposalKind::kItem,
                         .detail = "what the table's row says"});
  }
}

Proposals list_texts(const LineSpot& spot) {
  Proposals proposals;
  proposals.push_back({.text = "<random 16>", .kind = ProposalKind::kItem});
  for (const AlphabetWord& one : kAlphabets) {
    proposals.push_back(
        {.text = fmt::format("<random 16 {}>", one.word), .kind = ProposalKind::kItem});
  }
  add_columns(spot, proposals);
  return proposals;
}

Proposals list_values(const LineSpot& spot) {
  Proposals proposals;
  switch (spot.shape.directive->kind) {
    case DirectiveKind::kScenario:
    case DirectiveKind::kTable:
      break;
    case DirectiveKind::kCovers:
      return list_requirements();
    case DirectiveKind::kNeeds:
      return list_needs(spot);
    case DirectiveKind::kTags:
      return list_tags(spot);
    case DirectiveKind::kLevel:
      add_words(kLevels, proposals);
      break;
    case DirectiveKind::kRole:
      add_words(kRoles, proposals);
      break;
    case DirectiveKind::kProfile:
      add_words(kProfileWords, proposals);
      break;
    case DirectiveKind::kKey:
    case DirectiveKind::kMessage:
      return list_texts(spot);
    case DirectiveKind::kSignature:
      add_words(kSignatureForms, proposals);
      proposals.push_back({.text = "of", .detail = "of N: another message's"});
      break;
    case DirectiveKind::kMessageFile:
    case DirectiveKind::kSignatureFile:
    case DirectiveKind::kKeyFile:
      add_words(kFileStyles, proposals);
      proposals.push_back({.text = "<absent>", .kind = ProposalKind::kItem});
      break;
    case DirectiveKind::kArgument:
      for (const std::string_view name : kPlaceholders)
        proposals.push_back({.text = std::string(name)});
      proposals.push_back({.text = "<absent>", .kind = ProposalKind::kItem});
      break;
  }
  return proposals;
}

// The items of these kinds, as they are written to begin with.
void add_items(Proposals& proposals) {
  for (const TagWord& one : kTags) {
    const bool is_complete = one.usage == fmt::format("<{}>", one.word);
    proposals.push_back(
        {.text = is_complete ? std::string(one.usage) : fmt::format("<{} ", one.word),
         .kind = ProposalKind::kItem,
         .detail = is_complete ? "" : std::string(one.usage)});
  }
}

// What stands behind the begin of an item: `<signature 1 ` and `<exit `.
Proposals list_item_words(std::string_view item) {
  Proposals proposals;
  if (item.starts_with("<exit ")) add_words(kExits, proposals);
  if (!item.starts_with("<signature ")) return proposals;
  const std::size_t behind_number = item.find(' ', std::string_view("<signature ").size());
  if (behind_number == item.npos) return proposals;
  add_words(kSignatureForms, proposals);
  proposals.push_back({.text = "with key", .detail = "<signature N with key K>"});
  return proposals;
}

Proposals list_items(const LineSpot& spot) {
  Proposals proposals;
  // What each side says, and a scenario names in the words of the profile `line`.
  const bool is_client = spot.line.substr(spot.shape.word.begin).starts_with('C');
  const std::vector<std::string_view> units =
      is_client ? std::vector<std::string_view>{"HELLO", kDataUnit, kTerminatorUnit,
                                                "PASS",  "FAIL",    "QUIT"}
                : std::vector<std::string_view>{kOkUnit, kAnnouncementUnit};
  for (const std::string_view unit : units)
    proposals.push_back({.text = std::string(unit), .kind = ProposalKind::kText});
  add_columns(spot, proposals);
  add_items(proposals);
  proposals.push_back({.text = "like ", .detail = "like \"260 *\": a * stands for anything"});
  proposals.push_back({.text = "raw ", .detail = "raw \"…\": these bytes and no others"});
  return proposals;
}

// Behind the bar: `modifier` is what stands there so far.
Proposals list_modifiers(const LineSpot& spot, std::string_view modifier) {
  Proposals proposals;
  if (modifier.starts_with("deviates ")) {
    for (Proposal& one : list_requirements()) {
      if (one.detail == chat::to_string(chat::Level::kShould)) proposals.push_back(std::move(one));
    }
    return proposals;
  }
  for (const std::string_view word : kModifiers) {
    const bool is_deviation = word == "deviates";
    if (is_deviation == (spot.shape.kind == LineKind::kAlternative))
      proposals.push_back({.text = std::string(word)});
  }
  return proposals;
}

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
