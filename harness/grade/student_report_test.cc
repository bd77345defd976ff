#include "harness/grade/student_report.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

CaseRecord failed_by(std::string id, std::string sentence) {
  CaseRecord made;
  made.id = std::move(id);
  made.path = "/course/secret/" + made.id;
  made.level = "must";
  made.requirements = {"HELLO-1"};
  made.verdict = Verdict::kFail;
  made.failure = FindingRecord{.code = "wrong-reply", .requirement = "HELLO-1"};
  made.failure->cause = CauseRecord{.id = "mistake-" + sentence, .sentence = std::move(sentence)};
  return made;
}

// A submission that passes one case, and fails one that is hidden and one that is not.
class StudentReportTest : public ::testing::Test {
 protected:
  StudentReportTest() {
    assignment_.parts = {{.points = *Points::parse("30"), .cases = {{"*"}}}};
    CaseRecord passing;
    passing.id = "hello/passing";
    CaseRecord skipped;
    skipped.id = "hello/skipped";
    skipped.verdict = Verdict::kSkipped;
    skipped.skipped = SkipRecord{.kind = "needs",
                                 .case_id = "secret/trap",
                                 .sentence = "it needs secret/trap, which failed"};
    RunRecord run;
    run.name = "ann";
    run.cases = 4;
    run.folder = "/course/secret";
    records_ = {run,
                passing,
                failed_by("hello/shown", "it is <b>wrong</b>"),
                failed_by("secret/trap", "it falls into the trap"),
                skipped,
                EndRecord()};
    runs_ = group_runs(records_);
  }

  void expect_told(const std::function<std::string(const StudentReport&)>& render, bool is_hidden,
                   const std::string& shown) const {
    const auto settled = settle_runs(runs_);
    ASSERT_TRUE(settled) << settled.error();
    const Mark result = mark(assignment_, *settled);
    const std::string text = render({.assignment = assignment_,
                                     .student = student_,
                                     .mark = result,
                                     .runs = *settled,
                                     .hides = [&](const CaseRecord& played) {
                                       return is_hidden && played.id.starts_with("secret");
                                     }});
    EXPECT_TRUE(text.contains("10 of 30 points")) << text;
    EXPECT_TRUE(text.contains(shown)) << text;
    EXPECT_EQ(text.contains("trap"), !is_hidden) << text;
    EXPECT_EQ(text.contains("in cases that are hidden"), is_hidden) << text;
    EXPECT_FALSE(text.contains("/course")) << text;
  }

  Assignment assignment_{};
  std::string student_ = "Ann <Å>";
  std::vector<Record> records_{};
  std::vector<RunOfLog> runs_{};
};

TEST_F(StudentReportTest, HasNothingThatIsHidden) {
  expect_told(render_student_text, true, "it is <b>wrong</b>");
  expect_told(render_student_page, true, "it is &lt;b&gt;wrong&lt;/b&gt;");
}

TEST_F(StudentReportTest, HasAllOfItWhenItsTimeHasCome) {
  expect_told(render_student_text, false, "it falls into the trap");
  expect_told(render_student_page, false, "it falls into the trap");
}

TEST_F(StudentReportTest, SaysWhyThereIsNoMark) {
  const Mark none{.why_not = "it is <encrypted>"};
  const StudentReport report{
      .assignment = assignment_, .student = student_, .mark = none, .runs = {}, .hides = {}};
  EXPECT_EQ(render_student_text(report), "Ann <Å>\n\nnot graded: it is <encrypted>\n");
  EXPECT_TRUE(render_student_page(report).contains("it is &lt;encrypted&gt;"));
}

}  // namespace
}  // namespace chatspec
