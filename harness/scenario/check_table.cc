#include "harness/scenario/check_table.h"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "harness/scenario/check_names.h"
#include "harness/scenario/report_at.h"
#include "harness/scenario/vocabulary.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxRows = 10'000;

}  // namespace

void check_table(const Scenario& scenario, Diagnostics& diagnostics) {
  const Table* table = scenario.find<Table>();
  if (!table) return;
  if (table->rows.empty() || table->rows.size() > kMaxRows) {
    report_at(diagnostics, LintCode::kBadTable, table->span,
              fmt::format("a table has 1 to {} rows below the names of its columns", kMaxRows));
  }
  std::set<std::string_view> columns;
  for (const Name& column : table->columns) {
    if (!is_identifier(column.text))
      report_at(diagnostics, LintCode::kBadName, column.span,
                "a column's name is made of a-z, 0-9 and -");
    if (!columns.insert(column.text).second)
      report_at(diagnostics, LintCode::kDuplicate, column.span,
                "there are two columns of this name");
    if (find_word(kTags, column.text))
      report_at(diagnostics, LintCode::kBadName, column.span,
                "this is the name of an item; a column needs another");
  }
  std::set<std::string_view> rows;
  for (const auto& row : table->rows) {
    if (!is_identifier(row.front().text)) {
      report_at(diagnostics, LintCode::kBadName, row.front().span,
                "the first cell names its row, with a-z, 0-9 and -");
    }
    if (!rows.insert(row.front().text).second)
      report_at(diagnostics, LintCode::kDuplicate, row.front().span,
                "there are two rows of this name");
  }
}

void check_columns_are_used(const Scenario& scenario, Diagnostics& diagnostics) {
  const Table* table = scenario.find<Table>();
  if (!table) return;
  std::set<std::string> used;
  for (ColumnUse& use : list_column_uses(scenario)) used.insert(std::move(use.name));
  used.insert(std::string(kTagsColumn));
  for (std::size_t i = 1; i < table->columns.size(); ++i) {  // the first names the rows
    const Name& column = table->columns[i];
    const bool in_title =
        scenario.find<Title>()->text.find("<" + column.text + ">") != std::string::npos;
    if (!used.contains(column.text) && !in_title) {
      report_at(diagnostics, LintCode::kUnusedColumn, column.span, "nothing uses this column",
                fmt::format("write <{}> where its cells belong", column.text));
    }
  }
}

}  // namespace chatspec
