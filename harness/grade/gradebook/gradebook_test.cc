#include "harness/grade/gradebook/gradebook.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

const std::string kCanvasHead =
    "Student,ID,SIS User ID,SIS Login ID,Section,Chat (11),Mail (12),Current Score\n";
const std::string kCanvasPoints = "    Points Possible,,,,,10.00,20.00,(read only)\n";
const std::string kWorksheetHead =
    "Identifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Grade can be "
    "changed\",\"Last modified (grade)\",\"Feedback comments\"\n";
const std::string kMoodleHead =
    "\"First name\",\"Last name\",\"ID number\",\"Email address\",\"Assignment: Chat "
    "(Real)\",\"Assignment: Mail (Real)\",\"Course total (Real)\",\"Last downloaded from this "
    "course\"\n";

// The chosen column's number and of how many points it is, or the error.
std::string chosen(const std::string& text, std::string_view name) {
  const auto book = parse_gradebook(text);
  if (!book) return book.error();
  const auto column = choose_grade_column(*book, name);
  if (!column) return column.error();
  return fmt::format("{} of {}", column->grade + 1, column->most ? column->most->to_string() : "?");
}

TEST(Gradebooks, AreKnownByTheirHeadings) {
  for (const auto& [head, form] :
       {std::pair(kCanvasHead, GradebookForm::kCanvas),
        std::pair("LastName,FirstName,ID,SIS Login ID,Section\n" + std::string(),
                  GradebookForm::kCanvas),
        std::pair(kWorksheetHead, GradebookForm::kMoodleWorksheet),
        std::pair(kMoodleHead, GradebookForm::kMoodleGradebook)}) {
    const auto book = parse_gradebook(head);
    ASSERT_TRUE(book) << book.error();
    EXPECT_EQ(book->form, form) << head;
  }
}

TEST(Gradebooks, HaveLinesThatAreNoStudents) {
  const auto book = parse_gradebook(kCanvasHead + ",,,,,Manual Posting,,\n" + kCanvasPoints +
                                    "\"Doe, Jane\",1,s1,jdoe,A,,,\n\"Student, Test\",2,,x,A,,,\n");
  ASSERT_TRUE(book) << book.error();
  EXPECT_EQ(book->students, (std::vector<std::size_t>{3, 4}));
  EXPECT_EQ(book->most_points, 2U);
}

TEST(Gradebooks, HaveOneColumnForAnAssignment) {
  EXPECT_EQ(chosen(kCanvasHead + kCanvasPoints, "Chat"), "6 of 10");
  EXPECT_EQ(chosen(kCanvasHead + kCanvasPoints, "Mail (12)"), "7 of 20");
  EXPECT_EQ(chosen(kCanvasHead, "Chat"), "6 of ?");
  EXPECT_EQ(chosen("Student;ID;Section;Chat (11)\nPoints Possible;;;10,50\n", ""), "4 of 10.5");
  EXPECT_EQ(chosen(kWorksheetHead, ""), "5 of ?");
  EXPECT_EQ(chosen(kMoodleHead, "Mail"), "6 of ?");
  EXPECT_EQ(chosen(kMoodleHead, "Assignment: Chat (Real)"), "5 of ?");
}

TEST(Gradebooks, SayWhichColumnsThereAre) {
  EXPECT_EQ(chosen(kCanvasHead, ""),
            "several columns can be meant: \"Chat (11)\" (column 6), \"Mail (12)\" (column 7); "
            "--column says which");
  EXPECT_EQ(chosen(kCanvasHead, "chat"),
            "no column for grades is called \"chat\"; there are \"Chat (11)\" (column 6), \"Mail "
            "(12)\" (column 7)");
  EXPECT_EQ(chosen("Student,ID,Section,Chat (1),Chat (2)\n", "Chat"),
            "several columns can be meant: \"Chat (1)\" (column 4), \"Chat (2)\" (column 5); "
            "--column says which");
  const std::string none =
      "no column of it takes grades; make the assignment on the platform, and export again";
  EXPECT_EQ(chosen("Student,ID,Section,Notes,Current Score\n", ""), none);
  EXPECT_EQ(chosen("Student,ID,Section,Chat (1)\nPoints Possible,,,(read only)\n", ""), none);
  EXPECT_EQ(chosen("Identifier,Grade,Scale\n", ""),
            "the assignment is graded by the words of a scale; choose points as its type of grade "
            "in Moodle, and export again");
}

TEST(Gradebooks, AreRefusedWhereTheyAreNone) {
  EXPECT_TRUE(
      chosen("Name,Grade\n", "")
          .starts_with(
              "line 1: expected the headings of a gradebook: of Canvas (with ID and Section), "));
  EXPECT_EQ(chosen("Student,ID,ID,Section,Chat (1)\n", ""),
            "line 1: 2 columns are called \"ID\"; remove all but one from the file");
  EXPECT_EQ(chosen("\nStudent,\"ID,Section\n", ""), "line 2: a quote is opened and never closed");
}

}  // namespace
}  // namespace chatspec
