// chatspec gradebook, as its users meet it: from a grading and an export to what is imported.

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;

const std::string kExport =
    "Student,ID,SIS Login ID,Section,Chat (11),Mail (12)\r\n"
    "    Points Possible,,,,10.00,5.00\r\n"
    "\"Doe, Jane\",1,jdoe,A,,\r\n"
    "\"Roe, Jo\",2,jroe,A,3.00,\r\n";

class GradebookCommand : public ::testing::Test {
 protected:
  GradebookCommand() {
    folder_.write("export.csv", kExport);
    write_scores("doejane_1,doejane,Canvas,1,8.5,10\n");
  }

  void write_scores(const std::string& lines) const {
    folder_.write("results/scores.csv", "id,student,platform,key,points,of\n" + lines);
  }

  Outcome gradebook(const std::string& words) const {
    return chatspec("gradebook results --template export.csv " + words, "2>&1", folder_.at(""));
  }

  Folder folder_;
};

TEST_F(GradebookCommand, WritesWhatThePlatformReads) {
  Outcome outcome = gradebook("--column Chat --out filled.csv");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_EQ(outcome.output, "1 grade written; every other cell is as it was\n");
  std::string expected = kExport;
  EXPECT_EQ(folder_.content("filled.csv"),
            expected.replace(expected.find("jdoe,A,,"), 8, "jdoe,A,8.5,"));
  EXPECT_EQ(folder_.content("export.csv"), kExport);
  EXPECT_EQ(chatspec("gradebook results --template export.csv --column Chat --out -", "2>/dev/null",
                     folder_.at(""))
                .output,
            folder_.content("filled.csv"));
}

TEST_F(GradebookCommand, TellsWhoHasNoLine) {
  write_scores("doejane_1,doejane,Canvas,1,8.5,10\neve_9,eve,Canvas,9,1,10\n");
  const Outcome outcome = gradebook("--column Chat --out filled.csv");
  EXPECT_EQ(outcome.status, 5) << outcome.output;
  EXPECT_TRUE(
      outcome.output.contains("without a line in the gradebook:\n  \"eve\" (submission "
                              "eve_9)\n1 grade written"))
      << outcome.output;
}

TEST_F(GradebookCommand, WritesNothingWhereSomethingIsWrong) {
  const auto expect_mistake = [&](const std::string& words, const std::string& message) {
    const Outcome outcome = gradebook(words);
    EXPECT_EQ(outcome.status, 4) << outcome.output;
    EXPECT_TRUE(outcome.output.contains(message)) << outcome.output;
    EXPECT_FALSE(std::filesystem::exists(folder_.at("filled.csv"))) << words;
  };
  expect_mistake("--out filled.csv", "export.csv: several columns can be meant: \"Chat (11)\" ");
  expect_mistake("--column Mail --out filled.csv",
                 "export.csv: line 3: the assignment is of 5 points on the platform");
  expect_mistake("--column Chat --feedback --out filled.csv", "students/doejane_1.txt: ");
  expect_mistake("--column Chat --out ./export.csv", "--out is to be another file");
  write_scores("a,doejane,Canvas,1,8,10\nb,doejane,Canvas,1,9,10\n");
  expect_mistake("--column Chat --out filled.csv",
                 "export.csv: line 3: several submissions are of this student: a, b; ");
  write_scores("a,doejane,Canvas,1,many,10\n");
  expect_mistake("--column Chat --out filled.csv",
                 "results/scores.csv: line 2: expected points, such as 12.5, ");
  folder_.write("export.csv", "Name,Grade\n");
  expect_mistake("--out filled.csv", "export.csv: line 1: expected the headings of a gradebook: ");
}

}  // namespace
}  // namespace chatspec
