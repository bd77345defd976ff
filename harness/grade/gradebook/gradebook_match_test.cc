#include "harness/grade/gradebook/gradebook_match.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

const std::string kCanvas =
    "Student,ID,SIS User ID,SIS Login ID,Section,Chat (11)\n"
    "\"Doe, Jane\",1,s10,jdoe,A,\n"
    "\"Roe, Jo\",2,s20,JRoe@uni.edu,A,\n"
    "\"Poe, Pat\",10,s1,ppoe,A,\n";
const std::string kWorksheet =
    "Identifier,Full name,Email address,Grade\n"
    "Participant 1,Jane Doe,jane@uni.edu,\n"
    "Teilnehmer/in11,Jo Roe,jo@uni.edu,\n";

GradedStudent of_platform(std::string platform, std::string key, std::string name = "doejane") {
  return {.id = "s" + key, .student = std::move(name), .platform = platform, .key = key};
}

GradedStudent named(std::string name) {
  return {.id = "s", .student = std::move(name)};
}

// "LINE=STUDENT " for each that was found, and a line for each that is ambiguous or has none.
std::string matched(const std::string& text, const std::vector<GradedStudent>& students) {
  const auto book = parse_gradebook(text);
  if (!book) return book.error();
  const GradebookMatches matches = match_students(*book, students);
  std::string shown;
  for (const GradebookMatch& match : matches.found)
    shown += fmt::format("{}={} ", book->table.records[match.record].line, match.student);
  for (const std::string& message : matches.ambiguous) shown += "\n" + message;
  for (const std::string& who : matches.missing) shown += "\nnone: " + who;
  return shown;
}

TEST(GradebookMatches, GoByWhatThePlatformCallsAStudent) {
  // Not by another number that happens to be the same.
  EXPECT_EQ(matched(kCanvas, {of_platform("Canvas", "10"), of_platform("Canvas", "1")}),
            "2=1 4=0 ");
  EXPECT_EQ(matched(kWorksheet, {of_platform("Moodle", "11"), of_platform("Moodle", "1")}),
            "2=1 3=0 ");
  EXPECT_EQ(matched(kCanvas,
                    {of_platform("Gradescope", "s1"), of_platform("Gradescope", "jroe@uni.edu")}),
            "3=1 4=0 ");
  EXPECT_EQ(matched(kCanvas, {of_platform("Canvas", "3", "Jane Doe")}),
            "\nnone: \"Jane Doe\" (submission s3)")
      << "where there is an ID, the name does not count";
}

TEST(GradebookMatches, GoByNamesElse) {
  EXPECT_EQ(matched(kCanvas, {named("jdoe"), named("jroe@UNI.edu"), named("Pat Poe")}),
            "2=0 3=1 4=2 ");
  EXPECT_EQ(matched(kCanvas, {of_platform("Moodle", "7", "Jo Roe")}), "3=0 ");
  EXPECT_EQ(matched("First name,Last name,Email address,Chat (Real)\nJane,van Doe,j@u,\n",
                    {of_platform("Moodle", "7", "Jane van Doe")}),
            "2=0 ");
  EXPECT_EQ(matched(kCanvas, {{.id = "s", .student = "submission_1", .key = "1"}}),
            "\nnone: \"submission_1\" (submission s)")
      << "that number is the submission's";
}

TEST(GradebookMatches, FindEachOfAGroup) {
  EXPECT_EQ(matched(kCanvas, {of_platform("Gradescope", "s10 & s20", "Jane Doe & Jo Roe")}),
            "2=0 3=0 ");
}

TEST(GradebookMatches, AreNotGuessed) {
  EXPECT_EQ(matched(kCanvas + "\"Doe, Jane\",4,s40,jd4,B,\n", {named("Jane Doe")}),
            "\nlines 2, 5: each can be \"Jane Doe\" (submission s); leave one of them in the file, "
            "or give this grade by hand and remove the submission's line from scores.csv");
  EXPECT_EQ(matched(kCanvas, {{.id = "first", .student = "jdoe"},
                              {.id = "second", .student = "Jane Doe"},
                              {.id = "third", .student = "ppoe"}}),
            "4=2 \nline 2: several submissions are of this student: first, second; leave the line "
            "of one of them in scores.csv");
  EXPECT_EQ(matched(kCanvas, {named(""), named(" ,")}),
            "\nnone: \"\" (submission s)\nnone: \" ,\" (submission s)");
}

}  // namespace
}  // namespace chatspec
