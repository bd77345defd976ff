#include "harness/scenario/expand.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "harness/scenario/hint.h"
#include "harness/scenario/item_parser.h"
#include "harness/scenario/vocabulary.h"

namespace chatspec {
namespace {

// Puts the cells of one row where the scenario names their columns.
class Expander {
 public:
  Expander(const Table* table, std::size_t row, Diagnostics& diagnostics)
      : table_(table), row_(row), diagnostics_(diagnostics) {
    assert(table ? row < table->rows.size() : row == 0);
  }

  void expand(Title& title) const {
    std::string expanded;
    std::string_view rest = title.text;
    for (std::size_t begin = rest.find('<'); begin != rest.npos; begin = rest.find('<')) {
      const std::size_t end = rest.find('>', begin);
      if (end == rest.npos) break;
      const TableCell* cell = find(rest.substr(begin + 1, end - begin - 1));
      // What is no column is text, in which another may begin.
      const std::size_t done = cell ? end + 1 : begin + 1;
      expanded += rest.substr(0, cell ? begin : done);
      if (cell) expanded += cell->text;
      rest.remove_prefix(done);
    }
    title.text = expanded.append(rest);
  }

  void expand(Value& value) const {
    for (ValueLine& line : value) {
      const Column* column = std::get_if<Column>(&line.content);
      const TableCell* cell = column ? find(column->name) : nullptr;
      if (!cell) continue;
      Cursor cursor = cursor_over(*cell);
      auto content = parse_value_line(cursor);
      if (!content) continue;
      if (const Column* other = std::get_if<Column>(&content->content)) {
        report_unknown(*cell, "text", other->name, {"random"});
        continue;
      }
      line.content = std::move(content->content);
    }
  }

  void expand(Item& item) const {
    if (item.kind != ItemKind::kColumn) return;
    const TableCell* cell = find(item.column);
    if (!cell) return;
    Cursor cursor = cursor_over(*cell);
    auto content = parse_item(cursor);
    if (!content) return;
    if (content->kind == ItemKind::kColumn) {
      const auto tags = words_of(kTags);
      return report_unknown(*cell, "item", content->column, {tags.begin(), tags.end()});
    }
    const Span span = item.span;
    item = *std::move(content);
    item.span = span;
  }

  // What the row says in the column of tags.
  std::vector<Name> tags_of_row() const {
    std::vector<Name> tags;
    const TableCell* cell = find(kTagsColumn);
    if (!cell) return tags;
    Cursor cursor = cursor_over(*cell);
    for (cursor.skip_blanks(); !cursor.at_end(); cursor.skip_blanks()) {
      const Place begin = cursor.place();
      const std::string_view word = cursor.take_word();
      tags.push_back({std::string(word), cursor.span_from(begin)});
    }
    return tags;
  }

  void expand(Number& number) const {
    if (number.column.empty()) return;
    const TableCell* cell = find(number.column);
    if (!cell) return;
    Cursor cursor = cursor_over(*cell);
    const auto value = cursor.take_number(kMaxNumber);
    if (value && cursor.expect_end()) number = {*value, {}, number.span};
  }

 private:
  // Nothing where the table has no such column, which check_names reports.
  const TableCell* find(std::string_view name) const {
    if (!table_) return nullptr;
    const auto column = std::ranges::find(table_->columns, name, &Name::text);
    if (column == table_->columns.end()) return nullptr;
    return &table_->rows[row_][static_cast<std::size_t>(column - table_->columns.begin())];
  }

  // A cell says what stands in place of a column, and does not name another one.
  void report_unknown(const TableCell& cell, std::string_view what, std::string_view name,
                      const std::vector<std::string_view>& names) const {
    diagnostics_.add(LintCode::kUnknownItem, cell.span.place, cell.span.length,
                     fmt::format("no {} is called <{}>", what, name), hint_for_item(name, names));
  }

  Cursor cursor_over(const TableCell& cell) const {
    return {cell.text, cell.span.place.line, cell.span.place.column, diagnostics_};
  }

  const Table* table_;
  std::size_t row_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::size_t count_rows(const Scenario& scenario) {
  const Table* table = scenario.find<Table>();
  return table ? table->rows.size() : 1;
}

std::string row_name(const Scenario& scenario, std::size_t row) {
  assert(row < count_rows(scenario));
  const Table* table = scenario.find<Table>();
  return table ? table->rows[row].front().text : "";
}

Scenario expand(const Scenario& scenario, std::size_t row, Diagnostics& diagnostics) {
  const Expander expander(scenario.find<Table>(), row, diagnostics);
  Scenario expanded;
  std::vector<Name> tags = expander.tags_of_row();
  for (const Statement& statement : scenario.statements) {
    if (std::holds_alternative<Table>(statement.content)) continue;
    Statement copy = statement;
    if (auto* title = std::get_if<Title>(&copy.content)) expander.expand(*title);
    if (auto* own = std::get_if<Tags>(&copy.content))
      std::ranges::move(std::exchange(tags, {}), std::back_inserter(own->names));
    if (auto* key = std::get_if<KeyDefinition>(&copy.content)) expander.expand(key->value);
    if (auto* message = std::get_if<MessageDefinition>(&copy.content))
      expander.expand(message->value);
    if (auto* line = std::get_if<TranscriptLine>(&copy.content)) {
      for (Alternative& alternative : line->alternatives) {
        expander.expand(alternative.item);
        for (Item& item : alternative.then) expander.expand(item);
      }
      if (line->delivery.every) expander.expand(*line->delivery.every);
      for (Number& at : line->delivery.at) expander.expand(at);
    }
    expanded.statements.push_back(std::move(copy));
  }
  if (!tags.empty()) expanded.statements.push_back({Tags{std::move(tags)}});
  return expanded;
}

}  // namespace chatspec
