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
       .mistakes = {mistake("rare", "a rare one"), mistake("common", "the common <one>")}},
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
}

}  // namespace
}  // namespace chatspec
