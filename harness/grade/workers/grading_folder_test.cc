#include "harness/grade/workers/grading_folder.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

std::string why_not(const fs::path& path, bool resumes) {
  const auto folder = GradingFolder::take(path, resumes);
  return folder ? "" : folder.error().substr(path.string().size());
}

TEST(GradingFolder, IsMadeOrTakenUpAgain) {
  const chat::TestFolder parent;
  const fs::path path = parent.at("results/of/today");
  EXPECT_EQ(why_not(path, true),
            ": there is no grading to go on with; without --resume one is begun");
  EXPECT_EQ(why_not(path, false), "");
  EXPECT_TRUE(fs::is_directory(path / "logs") && fs::is_directory(path / "students"));
  fs::remove_all(path);
  fs::create_directories(path);
  parent.write("results/of/today/journal.jsonl", "");
  parent.write("results/of/today/unpacked/1/file", "");
  EXPECT_EQ(why_not(path, false),
            ": there is a grading in it; --resume goes on with it, and plays what has changed");
  EXPECT_EQ(why_not(path, true), "");
  EXPECT_TRUE(fs::is_empty(path / "unpacked"));
}

TEST(GradingFolder, IsNobodyElses) {
  const chat::TestFolder parent;
  parent.write("home/letter.txt", "");
  EXPECT_EQ(why_not(parent.at("home"), false),
            ": expected an empty folder, or none, to write results to");
  parent.write("file", "");
  EXPECT_NE(why_not(parent.at("file"), false), "");
  const auto mine = GradingFolder::take(parent.at("out"), false);
  ASSERT_TRUE(mine) << mine.error();
  EXPECT_EQ(why_not(parent.at("out"), true), ": another chatspec is grading in this folder");
}

TEST(GradingFolder, TellsWhoseLogItIsByItsName) {
  EXPECT_EQ(submission_of_log("ann.b.server"), "ann.b");
  EXPECT_EQ(submission_of_log("ann.b.client.again"), "ann.b");
}

TEST(ReplaceFile, PutsItThereWhole) {
  const chat::TestFolder folder;
  ASSERT_TRUE(replace_file(folder.at("a"), "one", Durability::kToBeKept));
  ASSERT_TRUE(replace_file(folder.at("a"), "two", Durability::kMadeAgain));
  EXPECT_EQ(folder.content("a"), "two");
  EXPECT_FALSE(fs::exists(folder.at("a.new")));
  EXPECT_FALSE(replace_file(folder.at("nosuch/a"), "", Durability::kMadeAgain));
  EXPECT_TRUE(sync_file(folder.at("a")));
  EXPECT_FALSE(sync_file(folder.at("nosuch")));
}

}  // namespace
}  // namespace chatspec
