#include "harness/language_server/definition.h"

#include <algorithm>
#include <string_view>

#include "harness/scenario/check_names.h"

namespace chatspec::language_server {
namespace {

bool is_within(Stretch stretch, std::size_t offset) {
  return stretch.begin <= offset && offset <= stretch.end;
}

// The first statement of a kind.
template <typename Content>
const Statement* find_statement(const Scenario& scenario, std::size_t number = 1) {
  for (const Statement& statement : scenario.statements) {
    if (std::holds_alternative<Content>(statement.content) && --number == 0) return &statement;
  }
  return nullptr;
}

template <typename Content>
std::optional<Target> target_of(const Document& document, std::size_t number) {
  const Statement* statement = find_statement<Content>(document.scenario, number);
  if (!statement) return std::nullopt;
  return Target{&document, document.text.stretch_of(statement->span)};
}

std::optional<Target> find_column(const Document& document, std::string_view name) {
  const Table* table = document.scenario.find<Table>();
  if (!table) return std::nullopt;
  const auto column = std::ranges::find(table->columns, name, &Name::text);
  if (column == table->columns.end()) return std::nullopt;
  return Target{&document, document.text.stretch_of(column->span)};
}

std::optional<Target> find_of_item(const Document& document, const Item& item) {
  switch (item.kind) {
    case ItemKind::kMessage:
    case ItemKind::kSignature:
      return item.number == 0 ? std::nullopt : target_of<MessageDefinition>(document, item.number);
    default:
      return std::nullopt;
  }
}

std::optional<Target> find_in_transcript(const Document& document, std::size_t offset) {
  for (const TranscriptLine* line : document.scenario.all<TranscriptLine>()) {
    for (const Alternative& way : line->alternatives) {
      if (is_within(document.text.stretch_of(way.item.span), offset))
        return find_of_item(document, way.item);
      for (const Item& item : way.then) {
        if (is_within(document.text.stretch_of(item.span), offset))
          return find_of_item(document, item);
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Target> find_definition(const Workspace& workspace, const Document& document,
                                      std::size_t offset) {
  if (const Needs* needs = document.scenario.find<Needs>()) {
    for (const Name& need : needs->scenarios) {
      if (!is_within(document.text.stretch_of(need.span), offset)) continue;
      const Document* needed = workspace.find_scenario(need.text, document);
      if (!needed) return std::nullopt;
      return target_of<Title>(*needed, 1).value_or(Target{needed, {}});
    }
  }
  for (const ColumnUse& use : list_column_uses(document.scenario)) {
    if (is_within(document.text.stretch_of(use.span), offset))
      return find_column(document, use.name);
  }
  return find_in_transcript(document, offset);
}

}  // namespace chatspec::language_server
