#include "harness/grade/class_page.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

ScoredMistake mistake(std::string root, std::string sentence) {
  return {.root = std::move(root),
          .sentence = std::move(sentence),
          .requirement = "SIG-1",
          .cost = *Points::parse("5")};
}

TEST(ClassPage, HasEverybodyAndWhatTheyHaveInCommon) {
  Assignment assignment;
  assignment.title = "Exercise <3>";
  assignment.parts = {{.points = *Points::parse("30"), .cases = {{"*"}}}};
  const std::vector<Score> scores{
      {.id = "ann",
       .student = "Ann",
       .total = *Points::parse("25"),
       .parts = {*Points::parse("25")},
       .mistakes = {mistake("rare", "a rare one"), mistake("common", "the common <one>")},
       .requirements = {{"SIG-1", RequirementOutcome::kBroken},
                        {"HELLO-1", RequirementOutcome::kMet}},
       .duration = std::chrono::milliseconds(1250)},
      {.id = "bob",
       .student = "<script>alert(1)</script>",
       .total = *Points::parse("30"),
       .parts = {*Points::parse("30")},
       .mistakes = {mistake("common", "the common <one>")}},
      {.id = "eve", .student = "Eve", .why_not = "no & no"}};
  const std::string page = render_class_page(assignment, scores);
  EXPECT_TRUE(page.contains("3 submissions, 2 of them graded, 30 points at most")) << page;
  EXPECT_TRUE(page.contains("<a href=\"students/ann.html\">Ann</a>")) << page;
  EXPECT_TRUE(page.contains("not graded</span> no &amp; no")) << page;
  EXPECT_FALSE(page.contains("<script>")) << page;
  const std::size_t common = page.find("the common &lt;one&gt;");
  EXPECT_LT(common, page.find("a rare one")) << "the commonest first";
  EXPECT_TRUE(page.contains("SIG-1, 2 submissions")) << page;
  EXPECT_TRUE(page.contains("<td class=\"number\">1.2</td>")) << page;
}

TEST(ClassPage, NamesWhatKnowsTheSuite) {
  const std::vector<Score> scores{
      {.id = "ann", .student = "Ann", .traces = {{"<b>.py", 3, "a signature of a/b"}}}};
  EXPECT_TRUE(
      render_class_page({}, scores)
          .contains(
              R"(<a href="students/ann.html">Ann</a>: &quot;&lt;b&gt;.py&quot;, line 3: a signature of a/b)"))
      << render_class_page({}, scores);
  EXPECT_FALSE(render_class_page({}, {}).contains("knows the suite"));
}

TEST(ClassPage, HasAColumnForWhatSomebodyBreaks) {
  const std::vector<Score> scores{
      {.id = "ann",
       .requirements = {{"HELLO-1", RequirementOutcome::kMet},
                        {"SIG-1", RequirementOutcome::kBroken}}},
      {.id = "bob", .requirements = {{"SIG-1", RequirementOutcome::kMet}}},
      {.id = "eve"}};
  const std::string page = render_class_page({}, scores);
  EXPECT_FALSE(page.contains(">HELLO-1</th>")) << "nobody breaks it";
  EXPECT_TRUE(page.contains(">SIG-1</th>")) << page;
  EXPECT_TRUE(page.contains("<td title=\"SIG-1\"><span class=\"badge fail\">✗</span></td>"));
  EXPECT_TRUE(page.contains("<td title=\"SIG-1\">✓</td>"));
  EXPECT_TRUE(page.contains("<td title=\"SIG-1\"></td>")) << "of eve nothing was seen";
  EXPECT_TRUE(render_class_page({}, {}).contains("nobody breaks a requirement"));
}

}  // namespace
}  // namespace chatspec
