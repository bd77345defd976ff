#include "harness/suite/coverage.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/suite/tests/memory_suite.h"

namespace chatspec {
namespace {

// line, crlf and bare, as they stand in the table of a requirement in a role.
std::string cells_of(const std::vector<CoverageRow>& rows, std::string_view requirement,
                     Role role) {
  const auto row = std::ranges::find_if(rows, [&](const CoverageRow& one) {
    return one.requirement->id == requirement && one.role == role;
  });
  if (row == rows.end()) return "no such row";
  std::string out;
  for (const CoverageRow::Cell& cell : row->cells)
    out += (out.empty() ? "" : " ") + (cell.binds ? std::to_string(cell.cases) : "-");
  return out;
}

TEST(Coverage, CountsCasesByRequirementRoleAndProfile) {
  MemorySuite suite;
  const std::string transcript = "\nC: HELLO\nS: 260 OK\n";
  suite.add("a/all", "scenario t\ncovers HELLO-2 HELLO-1\nrole both\n" + transcript)
      .add("a/rows",
           "scenario t\ncovers HELLO-2\nrole server\nprofile line-ends\n"
           "table\n|n|\n|x|\n|y|\n" +
               transcript)
      .add("a/ends", "scenario t\ncovers STREAM-1\nrole server\n" + transcript);
  const std::vector<CoverageRow> rows = measure_coverage(suite.cases());
  EXPECT_EQ(cells_of(rows, "HELLO-2", Role::kServer), "3 3 1");
  EXPECT_EQ(cells_of(rows, "HELLO-1", Role::kClient), "1 1 1");
  EXPECT_EQ(cells_of(rows, "HELLO-1", Role::kServer), "no such row") << "it binds clients only";
  EXPECT_EQ(cells_of(rows, "STREAM-1", Role::kServer), "1 1 -") << "no line ends, nothing asked";
  EXPECT_EQ(cells_of(rows, "QUIT-2", Role::kServer), "0 0 0");
}

TEST(Coverage, HasEachRequirementInEachRoleThatItBindsInTheDocumentsOrder) {
  const std::vector<CoverageRow> rows = measure_coverage({});
  std::vector<std::string_view> ids;
  std::size_t expected = 0;
  for (const CoverageRow& row : rows) {
    EXPECT_TRUE(row.requirement->binds.has(row.role)) << row.requirement->id;
    if (ids.empty() || ids.back() != row.requirement->id) ids.push_back(row.requirement->id);
  }
  std::vector<std::string_view> all;
  for (const chat::Requirement& one : chat::requirements()) {
    all.push_back(one.id);
    expected +=
        static_cast<std::size_t>(one.binds.server) + static_cast<std::size_t>(one.binds.client);
  }
  EXPECT_EQ(ids, all);
  EXPECT_EQ(rows.size(), expected);
}

TEST(Coverage, IsShownAsATableThatTellsWhatNobodyTries) {
  MemorySuite suite;
  suite.add("a/b",
            "scenario t\ncovers STREAM-1\nrole server\nprofile line-ends\n\nC: HELLO\nS: 260 OK\n");
  const std::string table = render_coverage(measure_coverage(suite.cases()));
  EXPECT_TRUE(table.starts_with("           level  role     line   crlf   bare\n")) << table;
  EXPECT_TRUE(table.contains("\nSTREAM-1   must   server      1      1      -\n")) << table;
  EXPECT_TRUE(table.contains("\nQUIT-2     must   server   none   none   none\n")) << table;
}

TEST(Coverage, TellsTheReasonWhyNothingCoversARequirement) {
  CoverageRow row{
      .requirement = chat::find_requirement("QUIT-2"), .role = Role::kServer, .cells = {}};
  row.cells = {{.cases = 1}, {.cases = 0, .reason = "nobody can see it"}, {.binds = false}};
  EXPECT_TRUE(render_coverage({row}).ends_with(
      "\nQUIT-2     must   server      1   none      -  nobody can see it\n"));
}

}  // namespace
}  // namespace chatspec
