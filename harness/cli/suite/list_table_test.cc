// The table of `chatspec list` in terminals of any width.

#include "harness/cli/suite/list_table.h"

#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

const std::vector<ListedCase> kListed{
    {.id = "a/b", .level = "must", .requirements = {"SIG-1", "SIG-2"}, .title = "One"},
    {.id = "a/longer",
     .level = "should",
     .title = "A title that takes several more words",
     .file = "a/longer.chat",
     .line = 3}};

TEST(ListTable, HasColumnsAsWideAsTheirCells) {
  EXPECT_EQ(render_case_table(kListed, std::nullopt),
            "a/b       must    SIG-1 SIG-2  One\n"
            "a/longer  should               A title that takes several more words\n");
}

TEST(ListTable, KeepsATitleInItsColumnWhereTheTerminalIsNarrow) {
  EXPECT_EQ(render_case_table(kListed, 60),
            "a/b       must    SIG-1 SIG-2  One\n"
            "a/longer  should               A title that takes several\n"
            "                               more words\n");
}

TEST(ListTable, PutsATitleBelowWhereTheTerminalIsVeryNarrow) {
  EXPECT_EQ(render_case_table(kListed, 36),
            "a/b       must    SIG-1 SIG-2\n"
            "    One\n"
            "a/longer  should\n"
            "    A title that takes several more\n"
            "    words\n");
}

TEST(ListTable, IsALineOfJsonForEachCase) {
  EXPECT_EQ(render_cases_as_json({&kListed[1], 1}),
            R"({"id":"a/longer","level":"should","requirements":[],"tags":[],)"
            R"("title":"A title that takes several more words","file":"a/longer.chat","line":3})"
            "\n");
}

}  // namespace
}  // namespace chatspec
