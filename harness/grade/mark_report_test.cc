#include "harness/grade/mark_report.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

struct Marked {
  Assignment assignment{};
  std::vector<CaseRecord> cases{};

  std::string render(std::string why_not = "") const {
    SettledRun run{.is_whole = why_not.empty(), .why_not = why_not};
    for (const CaseRecord& one : cases) run.cases.push_back(&one);
    return render_mark(assignment, mark(assignment, {&run, 1}));
  }
};

Marked flawed() {
  Marked made;
  made.assignment.title = "Exercise 3";
  made.assignment.parts = {{.points = *Points::parse("30"), .cases = {{"hello"}}},
                           {.points = *Points::parse("70"), .cases = {{"*"}}}};
  made.cases.resize(4);
  made.cases[0].id = "hello/a";
  made.cases[1].id = "hello/b";
  made.cases[1].verdict = Verdict::kFail;
  made.cases[1].failure = FindingRecord{.code = "wrong-reply", .requirement = "HELLO-1"};
  made.cases[1].failure->cause =
      CauseRecord{.id = "x",
                  .sentence =
                      "the reply has the right words, but a line end of another kind "
                      "after it\x1b[31m"};
  made.cases[2].id = "sign/a";
  made.cases[3].id = "sign/b";
  made.cases[3].verdict = Verdict::kSkipped;
  return made;
}

TEST(MarkReport, SaysWhatWasEarnedAndWhatEachMistakeCosts) {
  EXPECT_EQ(flawed().render(),
            "The server:\n"
            "     15/30  hello: 1 of 2 cases pass\n"
            "       -15  the reply has the right words, but a line end of another kind after\n"
            "            it?[31m (HELLO-1; 1 case; hello/b)\n"
            "     70/70  *: 1 of 1 cases pass, 1 left out\n"
            "85 of 100 points for Exercise 3\n");
}

TEST(MarkReport, SaysWhyThereIsNoMark) {
  EXPECT_EQ(flawed().render("the time was over"),
            "not graded for Exercise 3: the server was not played to the end: the time was over\n");
}

TEST(MarkReport, HasTheTitleAsItWasWritten) {
  Marked made = flawed();
  made.assignment.title = "\"more\" \xc3\xbc\x1b[31m";
  EXPECT_TRUE(made.render().ends_with(" for \"more\" \xc3\xbc?[31m\n")) << made.render();
}

TEST(MarkReport, SaysOfWhatAllWasLeftOut) {
  Marked made = flawed();
  made.cases[2].verdict = Verdict::kSkipped;
  EXPECT_TRUE(made.render().contains("      0/70  *: 2 cases left out, since other cases fail\n"))
      << made.render();
}

TEST(MarkReport, SaysOfWhatNothingWasPlayed) {
  Marked made = flawed();
  made.assignment.title.clear();
  made.cases.resize(1);
  EXPECT_EQ(made.render(), "not graded: nothing of `*` was played of the server\n");
}

}  // namespace
}  // namespace chatspec
