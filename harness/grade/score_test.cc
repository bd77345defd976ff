#include "harness/grade/score.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Assignment two_roles() {
  Assignment assignment;
  assignment.roles = {Role::kServer, Role::kClient};
  assignment.parts = {
      {.points = *Points::parse("30"), .role = Role::kServer, .cases = {{"hello", "quit"}}},
      {.points = *Points::parse("70"), .cases = {{"*"}}}};
  return assignment;
}

constexpr std::string_view kHead =
    "id,student,platform,key,language,status,points,of,server: hello quit (30),server: * "
    "(35),client: * "
    "(35),mistakes,flaky,note\r\n";

TEST(Scores, HaveALineForEach) {
  const std::vector<Score> scores{
      {.id = "ann",
       .student = "Ann, \"A\"",
       .platform = "Canvas",
       .key = "12",
       .language = "c",
       .total = *Points::parse("87.5"),
       .parts = {*Points::parse("30"), *Points::parse("22.5"), *Points::parse("35")},
       .mistakes = {ScoredMistake{.cost = *Points::parse("12.5")}},
       .flaky = 2}};
  EXPECT_EQ(render_scores(two_roles(), scores),
            std::string(kHead) +
                "ann,\"Ann, \"\"A\"\"\",Canvas,12,c,graded,87.5,100,30,22.5,35,1,2,\r\n");
}

TEST(Scores, HaveNoPointsWhereThereIsNoMark) {
  const std::vector<Score> scores{{.id = "eve", .student = "=1+1", .why_not = "it is encrypted"}};
  EXPECT_EQ(render_scores(two_roles(), scores),
            std::string(kHead) + "eve,'=1+1,,,,not graded,,100,,,,,0,it is encrypted\r\n");
}

TEST(Scores, RemarkOnWhatCouldNotBeBuilt) {
  const BuildRecord build{.verdict = Verdict::kFail};
  const std::vector<SettledRun> runs{{.build = &build, .is_whole = true}};
  Assignment assignment;
  assignment.parts = {{.points = *Points::parse("30"), .cases = {{"*"}}}};
  Score score{.id = "ann", .student = "ann"};
  add_mark(mark(assignment, runs), runs, score);
  EXPECT_TRUE(render_scores(assignment, {&score, 1})
                  .ends_with("ann,ann,,,,graded,0,30,0,0,0,the server could not be built\r\n"));
}

TEST(Scores, KeepWhatCostSomething) {
  CaseRecord failed;
  failed.id = "hello/a";
  failed.verdict = Verdict::kFail;
  failed.failure = FindingRecord{.code = "wrong-reply", .requirement = "HELLO-1", .message = "no"};
  CaseRecord deviating;
  deviating.id = "hello/b";
  deviating.verdict = Verdict::kDeviates;
  deviating.deviations = {FindingRecord{.code = "reply-text", .message = "nearly"}};
  CaseRecord passing;
  passing.id = "hello/c";
  const std::vector<SettledRun> runs{
      {.cases = {&failed, &deviating, &passing}, .is_whole = true, .flaky = {"hello/a"}}};
  Assignment assignment;
  assignment.parts = {{.points = *Points::parse("30"), .cases = {{"*"}}}};
  Score score;
  add_mark(mark(assignment, runs), runs, score);
  EXPECT_EQ(score.total->to_string(), "20");
  ASSERT_EQ(score.mistakes.size(), 1U);
  EXPECT_EQ(score.mistakes.front().sentence, "no");
  EXPECT_EQ(score.mistakes.front().requirement, "HELLO-1");
  EXPECT_EQ(score.mistakes.front().cost.to_string(), "10");
  EXPECT_EQ(score.flaky, 1U);
}

}  // namespace
}  // namespace chatspec
