#include "harness/scenario/expand.h"

#include <gtest/gtest.h>

#include "harness/scenario/parser.h"
#include "harness/scenario/printer.h"

namespace chatspec {
namespace {

Scenario parsed(std::string_view source) {
  Parsed parsed = parse_scenario(source);
  EXPECT_EQ(parsed.diagnostics.render("t", source), "");
  return std::move(parsed.scenario);
}

// A row of a scenario in print, and below it what is told of its cells.
std::string expanded(std::string_view source, std::size_t row) {
  Diagnostics told;
  std::string out = print(expand(parsed(source), row, told));
  for (const Diagnostic& entry : told.entries()) out += entry.message + "\n";
  return out;
}

TEST(Expand, PutsEachCellWhereItsColumnIsNamed) {
  const std::string_view source =
      "scenario the <n> of <u>\nkey <k>\nmessage \"a\"\n<k>\n"
      "table\n|n|u|k|at|\n|one|HELLO|<random 3>|2|\n|two|<close>|\"x\" * 3|4|\n"
      "C: <u> | split at 1, <at>\nC: x | split <at>\nS: 260 OK\nor <u>\nthen <u>\n";
  EXPECT_EQ(expanded(source, 0),
            "scenario  the one of HELLO\nkey       <random 3>\nmessage   \"a\"\n"
            "          <random 3>\n"
            "C: HELLO                 | split at 1, 2\nC: x                     | split 2\n"
            "S: 260 OK\nor HELLO\nthen HELLO\n");
  EXPECT_EQ(expanded(source, 1),
            "scenario  the two of <close>\nkey       \"x\" * 3\nmessage   \"a\"\n"
            "          \"x\" * 3\n"
            "C: <close>               | split at 1, 4\nC: x                     | split 4\n"
            "S: 260 OK\nor <close>\nthen <close>\n");
}

TEST(Expand, WithoutATableGivesTheScenarioItself) {
  const Scenario scenario = parsed("scenario t\ntags a\nC: <u>\nS: <close>\n");
  Diagnostics none;
  EXPECT_TRUE(expand(scenario, 0, none) == scenario);
  EXPECT_EQ(count_rows(scenario), 1U);
  EXPECT_EQ(row_name(scenario, 0), "");
}

TEST(Expand, CountsRowsAndKnowsThemByTheirFirstCell) {
  const Scenario scenario = parsed("table\n|n|u|\n|a|x|\n|b|y|\n");
  EXPECT_EQ(count_rows(scenario), 2U);
  EXPECT_EQ(row_name(scenario, 0), "a");
  EXPECT_EQ(row_name(scenario, 1), "b");
}

TEST(Expand, GivesARowTheTagsOfItsOwn) {
  const std::string_view table = "table\n|n|tags|\n|a|slow odd|\n|b||\n";
  const std::string with_tags = "tags all\n" + std::string(table);
  EXPECT_EQ(expanded(with_tags, 0), "tags      all slow odd\n");
  EXPECT_EQ(expanded(with_tags, 1), "tags      all\n");
  EXPECT_EQ(expanded(table, 0), "tags      slow odd\n");
  EXPECT_EQ(expanded(table, 1), "");
}

// Or a few columns could make a title of any length.
TEST(Expand, PutsACellIntoATitleAsItIs) {
  EXPECT_EQ(expanded("scenario <a> < <b>> of <none> <\n"
                     "table\n|n|a|b|\n|one|\"<b><a>\"|x|\n",
                     0),
            "scenario  \"<b><a>\" < x> of <none> <\n");
}

TEST(Expand, LeavesWhatACellCannotSayAndTellsOfIt) {
  const auto cell = [](std::string_view text, std::string_view use) {
    return expanded("table\n|n|c|\n|a|" + std::string(text) + "|\n" + std::string(use) + "\n", 0);
  };
  EXPECT_EQ(cell("<clsoe>", "C: <c>"), "C: <c>\nno item is called <clsoe>\n");
  EXPECT_EQ(cell("x", "C: a | split <c>"),
            "C: a                     | split <c>\n\"x\" is not a number\n");
  EXPECT_EQ(cell("3 4", "C: a | split <c>"),
            "C: a                     | split <c>\n\"4\" is not expected here\n");
  EXPECT_EQ(cell("<other>", "key <c>"), "key       <c>\nno text is called <other>\n");
  EXPECT_EQ(cell("\"a\"b", "C: <c>"), "C: <c>\n\"b\" is not expected here\n");
}

TEST(Expand, ShowsAMistakeInACellThereAndOneInItsUseThere) {
  const std::string_view source = "table\n  | n | c       |\n  | a | <clsoe> |\nC: <c>\n";
  Diagnostics told;
  const Scenario row = expand(parsed(source), 0, told);
  ASSERT_EQ(told.entries().size(), 1U);
  EXPECT_EQ(told.entries().front().place, (Place{3, 9}));
  EXPECT_EQ(told.entries().front().hint, "did you mean <close>?");
  EXPECT_EQ(row.find<TranscriptLine>()->alternatives.front().item.span.place, (Place{4, 4}));
}

}  // namespace
}  // namespace chatspec
