#include "harness/grade/gradebook/graded_student.h"

#include <gtest/gtest.h>

#include "harness/grade/score.h"

namespace chatspec {
namespace {

TEST(GradedStudents, AreReadAsScoresWereWritten) {
  Assignment assignment;
  assignment.parts = {{.points = *Points::parse("30"), .cases = {{"*"}}}};
  const std::vector<Score> scores{{.id = "ann_1",
                                   .student = "Ann, \"A\"",
                                   .platform = "Canvas",
                                   .key = "1",
                                   .total = *Points::parse("12.5")},
                                  {.id = "eve", .student = "=1+1", .why_not = "it is encrypted"}};
  const auto students = parse_scores(render_scores(assignment, scores));
  ASSERT_TRUE(students) << students.error();
  ASSERT_EQ(students->size(), 2U);
  const GradedStudent& ann = students->front();
  EXPECT_EQ(ann.id, "ann_1");
  EXPECT_EQ(ann.student, "Ann, \"A\"");
  EXPECT_EQ(ann.platform, "Canvas");
  EXPECT_EQ(ann.key, "1");
  EXPECT_EQ(ann.points->to_string(), "12.5");
  EXPECT_EQ(ann.of.to_string(), "30");
  EXPECT_EQ(students->back().student, "=1+1");
  EXPECT_FALSE(students->back().points) << "not graded is not 0";
}

TEST(GradedStudents, AreReadFromATableThatWasSavedElsewhere) {
  const auto students =
      parse_scores("id;points;of;student;key;platform;late\nann;7.50;30;Ann;;;yes\n");
  ASSERT_TRUE(students) << students.error();
  EXPECT_EQ(students->front().points->to_string(), "7.5");
}

TEST(GradedStudents, SayWhatIsWrong) {
  const std::string head = "id,student,platform,key,points,of\n";
  for (const auto& [text, error] : {
           std::pair(std::string("id,student,key,points,of\n"),
                     "line 1: no column is called \"platform\"; `chatspec grade --resume` makes "
                     "this table anew"),
           std::pair(head + "a,A,,,x,30\n",
                     "line 2: expected points, such as 12.5, but found \"x\""),
           std::pair(head + "a,A,,,3,\n", "line 2: expected points, such as 12.5, but found \"\""),
           std::pair(head + "a,A,,,3\n", "line 2: it has fewer fields than the first line"),
           std::pair(head + "../a,A,,,3,3\n",
                     "line 2: expected the id of a submission, but found \"../a\""),
           std::pair(head + "a,\"A\n", "line 2: a quote is opened and never closed"),
       }) {
    const auto students = parse_scores(text);
    ASSERT_FALSE(students) << text;
    EXPECT_EQ(students.error(), error);
  }
}

}  // namespace
}  // namespace chatspec
