#include "harness/scenario/table_parser.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

// Up to the bar that ends it. A title may show what is in a cell.
TableCell take_cell(Cursor& cursor) {
  cursor.skip_blanks();
  Cursor cell = cursor.part(length_before_bar(cursor.rest(), Bar::kAny));
  const Place begin = cell.place();
  const std::string_view text = cell.take_readable_rest();
  if (!cursor.take("|")) cursor.report_here(LintCode::kUnclosed, "a row ends with |");
  return {std::string(text), {begin, std::max<std::size_t>(text.size(), 1)}};
}

}  // namespace

void parse_row(Cursor& cursor, Table& table) {
  cursor.advance(1);
  cursor.skip_blanks();
  if (cursor.at_end()) return cursor.report_here(LintCode::kBadTable, "this row has no cells");
  std::vector<TableCell> cells;
  while (!cursor.at_end()) {
    cells.push_back(take_cell(cursor));
    cursor.skip_blanks();
  }
  if (table.columns.empty()) {
    for (TableCell& cell : cells) table.columns.push_back({std::move(cell.text), cell.span});
  } else if (cells.size() != table.columns.size()) {
    cursor.report(
        LintCode::kBadTable, {cursor.place().line, 1}, 1,
        fmt::format("this row has {}, the table {}", chat::count_things(cells.size(), "cell"),
                    chat::count_things(table.columns.size(), "column")));
  } else {
    table.rows.push_back(std::move(cells));
  }
}

}  // namespace chatspec
