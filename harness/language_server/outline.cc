#include "harness/language_server/outline.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/scenario/expand.h"
#include "harness/scenario/vocabulary.h"

namespace chatspec::language_server {
namespace {

// A key or message, called as its first line is.
OutlineEntry value_entry(const Document& document, Stretch word, const Value& value) {
  const Text& text = document.text;
  const std::string_view line = text.part({word.begin, text.line_at(word.begin).end});
  const std::size_t end = text.stretch_of(value.back().span).end;
  return {std::string(line), OutlineKind::kValue, {word.begin, end}, word};
}

void add_rows(const Document& document, const Table& table, std::vector<OutlineEntry>& entries) {
  for (const auto& row : table.rows) {
    if (row.empty()) continue;
    const Stretch cell = document.text.stretch_of(row.front().span);
    entries.push_back(
        {row.front().text, OutlineKind::kRow, document.text.line_at(cell.begin), cell});
  }
}

}  // namespace

std::vector<OutlineEntry> outline_of(const Document& document) {
  std::vector<OutlineEntry> entries;
  const Title* title = document.scenario.find<Title>();
  if (!title) return entries;
  entries.push_back({title->text, OutlineKind::kScenario, {0, document.text.bytes().size()}, {}});
  for (const auto& [content, lead, span] : document.scenario.statements) {
    const Stretch word = document.text.stretch_of(span);
    if (std::get_if<Title>(&content) == title) {
      entries.front().name_at = word;
    } else if (const auto* key = std::get_if<KeyDefinition>(&content)) {
      entries.push_back(value_entry(document, word, key->value));
    } else if (const auto* message = std::get_if<MessageDefinition>(&content)) {
      entries.push_back(value_entry(document, word, message->value));
    } else if (const Table* table = std::get_if<Table>(&content)) {
      add_rows(document, *table, entries);
    } else if (std::holds_alternative<TranscriptLine>(content)) {
      entries.push_back({"transcript",
                         OutlineKind::kTranscript,
                         {word.begin, document.text.bytes().size()},
                         word});
      break;
    }
  }
  return entries;
}

std::vector<RunLens> lenses_of(const Document& document) {
  std::vector<RunLens> lenses;
  if (document.path.empty() || document.diagnostics.has_errors()) return lenses;
  const std::string path = document.path.string();
  const Statement& title = document.scenario.statements.front();
  lenses.push_back({document.text.stretch_of(title.span), "Run this scenario", {path}});
  const Table* table = document.scenario.find<Table>();
  // A folder may be called like an option.
  if (!table || !is_scenario_id(document.id) || document.id.starts_with('-')) return lenses;
  for (std::size_t row = 0; row < table->rows.size(); ++row) {
    lenses.push_back(
        {document.text.stretch_of(table->rows[row].front().span),
         "Run this row",
         {path, fmt::format("{}[{}]", document.id, row_name(document.scenario, row))}});
  }
  return lenses;
}

}  // namespace chatspec::language_server
