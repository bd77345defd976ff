#include "harness/language_server/proposals.h"

#include <array>
#include <set>
#include <span>

#include <fmt/format.h>

#include "harness/language_server/hover.h"
#include "harness/scenario/item_kind.h"

namespace chatspec::language_server {
namespace {

template <typename Table>
void add_words(const Table& table, Proposals& proposals) {
  for (const auto& entry : table) proposals.push_back({.text = std::string(entry.word)});
}

// What each side says, as scenarios write it in every profile.
constexpr std::array<std::string_view, 6> kClientUnits{"HELLO", kDataUnit, kTerminatorUnit,
                                                       "PASS",  "FAIL",    "QUIT"};
constexpr std::array<std::string_view, 2> kServerUnits{kOkUnit, kAnnouncementUnit};

void add_texts(std::span<const std::string_view> texts, Proposals& proposals) {
  for (const std::string_view text : texts)
    proposals.push_back({.text = std::string(text), .kind = ProposalKind::kText});
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

}  // namespace

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
  const std::string_view word = spot.line.substr(spot.shape.word.begin);
  if (!word.starts_with('S')) add_texts(kClientUnits, proposals);
  if (!word.starts_with('C')) add_texts(kServerUnits, proposals);
  add_columns(spot, proposals);
  add_items(proposals);
  proposals.push_back({.text = "like ", .detail = "like \"260 *\": a * stands for anything"});
  proposals.push_back({.text = "raw ", .detail = "raw \"…\": these bytes and no others"});
  return proposals;
}

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

}  // namespace chatspec::language_server
