#include "harness/grade/gradebook/gradebook_fill.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

GradedStudent graded(std::string student, std::string_view points, std::string_view of = "10") {
  return {.id = "s",
          .student = std::move(student),
          .points = Points::parse(points),
          .of = *Points::parse(of)};
}

struct Outcome {
  std::string text{};   // of the gradebook, or errors, a line each
  std::string notes{};  // a line each
};

Outcome fill(const std::string& text, const std::vector<GradedStudent>& students,
             bool converts = false) {
  const auto book = parse_gradebook(text);
  if (!book) return {.text = book.error()};
  const auto column = choose_grade_column(*book, "");
  if (!column) return {.text = column.error()};
  const auto filled =
      fill_gradebook(*book, *column, match_students(*book, students).found, students, converts);
  Outcome outcome;
  if (!filled) {
    for (const std::string& error : filled.error()) outcome.text += error + "\n";
    return outcome;
  }
  for (const std::string& note : filled->notes) outcome.notes += note + "\n";
  outcome.text = filled->text;
  return outcome;
}

const std::string kBomAndQuotes =
    "\xef\xbb\xbf\"Student\",ID,SIS Login ID,\"Section\",Notes,Chat (11),Current Score\r\n"
    ",,,,,Manual Posting,\r\n"
    "    Points Possible,,,,,10.00,(read only)\r\n";

TEST(FilledGradebooks, DifferInGradesAlone) {
  const std::string rest = "\"O\"\"Neil, \nPat\",3,ppat,\"A, B\",=x,7,70.00";
  const Outcome outcome =
      fill(kBomAndQuotes + "\"Doe, Jane\",1,jdoe,A,,,\r\n\"Roe, Jo\",2,jroe,A,,\"4\",\r\n" + rest,
           {graded("jroe", "8.5"), graded("jdoe", "10")});
  EXPECT_EQ(
      outcome.text,
      kBomAndQuotes + "\"Doe, Jane\",1,jdoe,A,,10,\r\n\"Roe, Jo\",2,jroe,A,,\"8.5\",\r\n" + rest);
  EXPECT_EQ(outcome.notes, "");
}

// An empty grade in place of one would take it away in Canvas, and a number would end an excuse.
TEST(FilledGradebooks, KeepWhatIsNotToBeChanged) {
  const std::string text =
      "Student,ID,SIS Login ID,Section,Chat (11)\n    Points Possible,,,,10\nA,1,ann,S,4\n"
      "B,2,bob,S,EX\nC,3,cem,S,N/A\nD,4,dee,S,\n";
  const Outcome outcome =
      fill(text, {graded("ann", ""), graded("bob", "1"), graded("cem", "2"), graded("dee", "")});
  EXPECT_EQ(outcome.text, text);
  EXPECT_EQ(outcome.notes,
            "line 3: \"ann\" is not graded; the line stays as it is\n"
            "line 4: \"bob\" is excused; the line stays as it is\n"
            "line 5: \"cem\" has not been given the assignment; the line stays as it is\n"
            "line 6: \"dee\" is not graded; the line stays as it is\n");
}

// Moodle passes over, without a word, a grade that is more than the maximum.
TEST(FilledGradebooks, HaveThePlatformsPoints) {
  const std::string head = "Identifier,Full name,Email address,Grade,Maximum Grade\n";
  EXPECT_EQ(fill(head + "Participant 1,A,ann,,20.00\n", {graded("ann", "5")}).text,
            "line 2: the assignment is of 20 points on the platform, and of 10 here; "
            "change one of them, or --convert grades\n");
  EXPECT_EQ(fill(head + "Participant 1,A,ann,,20.00\n", {graded("ann", "5.55")}, true).text,
            head + "Participant 1,A,ann,11.1,20.00\n");
  const std::string canvas = "Student;ID;SIS Login ID;Section;Chat (1)\nPoints Possible;;;;7,5\n";
  EXPECT_EQ(fill(canvas + "A;1;ann;S;\n", {graded("ann", "5")}, true).text,
            canvas + "A;1;ann;S;3.75\n");
}

TEST(FilledGradebooks, AreNotWrittenWhereMoodleWouldPassOverAGrade) {
  const std::string head = "Identifier,Full name,Email address,Grade,Maximum Grade\n";
  EXPECT_EQ(fill(head + "Participant 1,A,ann,,10\n", {graded("ann", "11")}).text,
            "line 2: 11 of 10 points are more than Moodle takes\n");
  EXPECT_EQ(fill(head + "Participant 1,A,ann,,-\n", {graded("ann", "1")}).text,
            "line 2: expected a number in the column of the maximum grade\n");
}

TEST(FilledGradebooks, TellOnceWhatIsWrongWithAllLines) {
  EXPECT_EQ(fill("Student,ID,SIS Login ID,Section,Chat (1)\nPoints Possible,,,,20\nA,1,ann,S,\n"
                 "B,2,bob,S,\n",
                 {graded("ann", "5"), graded("bob", "5")})
                .text,
            "line 3, and 1 more: the assignment is of 20 points on the platform, and of 10 here; "
            "change one of them, or --convert grades\n");
}

TEST(FilledGradebooks, SayWhereThePlatformsPointsAreNotKnown) {
  const std::string text = "Email address,Chat (Real)\nann,-\n";
  EXPECT_EQ(fill(text, {graded("ann", "5")}).text, "Email address,Chat (Real)\nann,5\n");
  EXPECT_EQ(fill(text, {graded("ann", "5")}).notes,
            "the file does not say of how many points the assignment is on the platform; these are "
            "of 10\n");
  EXPECT_TRUE(fill(text, {graded("ann", "5")}, true).text.contains("--convert cannot be used"));
}

TEST(FilledGradebooks, SayWhichLineIsTooShort) {
  EXPECT_EQ(
      fill("Student,ID,SIS Login ID,Section,Chat (1)\nA,1,ann,S\n", {graded("ann", "5")}).text,
      "line 2: it has fewer fields than the first line\n");
}

class Feedback : public ::testing::Test {
 protected:
  static std::string row(const std::string& grade, const std::string& changes,
                         const std::string& comments) {
    return "Participant 1,Ann,ann,Submitted," + grade + ",10.00," + changes + ",-," + comments +
           "\n";
  }

  Outcome fill_row(const std::string& old_row) {
    Outcome outcome = fill(kHead + old_row, {student_});
    if (outcome.text.starts_with(kHead)) outcome.text.erase(0, kHead.size());
    return outcome;
  }

  const std::string kHead =
      "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last "
      "modified (grade),Feedback comments\n";
  GradedStudent student_ = graded("ann", "5");
};

// Moodle takes it for HTML.
TEST_F(Feedback, IsWhatTheStudentIsTold) {
  student_.feedback = "=it said \"<b>\"\n& fell silent";
  const std::string written = "\"<pre>\n=it said &quot;&lt;b&gt;&quot;\n&amp; fell silent</pre>\"";
  EXPECT_EQ(fill_row(row("", "Yes", "")).text, row("5", "Yes", written));
  // Its own are written anew, those of people stay.
  EXPECT_EQ(fill_row(row("4", "Yes", "\"<pre>\nold</pre>\"")).text, row("5", "Yes", written));
  const Outcome outcome = fill_row(row("4", "Yes", "well done"));
  EXPECT_EQ(outcome.text, row("5", "Yes", "well done"));
  EXPECT_EQ(outcome.notes, "line 2: \"ann\" has feedback already, which stays\n");
}

TEST_F(Feedback, IsNeverWrittenWithoutItsGrade) {
  student_.feedback = "told";
  EXPECT_EQ(fill_row(row("4", "No", "")).text, row("4", "No", ""));
  student_.points.reset();
  EXPECT_EQ(fill_row(row("", "Yes", "")).text, row("", "Yes", ""));
}

TEST_F(Feedback, NeedsItsColumn) {
  student_.feedback = "told";
  EXPECT_EQ(fill("Student,ID,SIS Login ID,Section,Chat (1)\nA,1,ann,S,\n", {student_}).text,
            "line 2: there is no column \"Feedback comments\" for feedback, which only "
            "Moodle's offline grading worksheet has\n");
}

}  // namespace
}  // namespace chatspec
