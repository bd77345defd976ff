#include "harness/grade/workers/earlier_grading.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

// A grading of which one log is there, one cannot be there, and one has gone.
class EarlierGradingTest : public ::testing::Test {
 protected:
  EarlierGradingTest() {
    std::filesystem::create_directories(files_.at("old/logs"));
    auto journal = Journal::open(files_.at("old/journal.jsonl"), 7);
    EXPECT_TRUE(journal->add({.log = "ann.server", .key = "1"}));
    EXPECT_TRUE(journal->add({.log = "bob.server", .key = "2", .trouble = "no file"}));
    EXPECT_TRUE(journal->add({.log = "cem.server", .key = "3"}));
    files_.write("old/logs/ann.server.jsonl", "what was played\n");
  }

  chat::TestFolder files_;
};

TEST_F(EarlierGradingTest, HandsOverWhatItHas) {
  const auto earlier = EarlierGrading::read(files_.at("old"));
  ASSERT_TRUE(earlier) << earlier.error();
  EXPECT_EQ(earlier->journal().seed, 7U);
  const auto folder = GradingFolder::take(files_.at("new"), false);
  ASSERT_TRUE(folder) << folder.error();
  auto journal = Journal::open(folder->journal().string(), 7);
  ASSERT_TRUE(journal) << journal.error();
  const auto takes = [&](const char* log, const char* key) {
    return earlier->hand_over(log, key, *folder, *journal);
  };
  EXPECT_EQ(takes("ann.server", "1"), true);
  EXPECT_EQ(takes("bob.server", "2"), true);
  EXPECT_EQ(takes("cem.server", "3"), false) << "its log is lost";
  EXPECT_EQ(takes("ann.server", "other"), false);
  EXPECT_EQ(takes("dee.server", "1"), false);
  EXPECT_EQ(files_.content("new/logs/ann.server.jsonl"), "what was played\n");
  const auto noted = read_journal(folder->journal().string());
  ASSERT_TRUE(noted) << noted.error();
  EXPECT_EQ(noted->entries.size(), 2U);
  EXPECT_EQ(noted->find("ann.server")->key, "1");
  EXPECT_EQ(noted->find("bob.server")->trouble, "no file");
}

TEST_F(EarlierGradingTest, TellsWhatCannotBeCopied) {
  const auto earlier = EarlierGrading::read(files_.at("old"));
  ASSERT_TRUE(earlier) << earlier.error();
  const auto folder = GradingFolder::take(files_.at("new"), false);
  auto journal = Journal::open(folder->journal().string(), 7);
  std::filesystem::create_directories(folder->log("ann.server"));
  const auto taken = earlier->hand_over("ann.server", "1", *folder, *journal);
  ASSERT_FALSE(taken);
  EXPECT_TRUE(taken.error().contains("cannot copy it")) << taken.error();
  EXPECT_EQ(journal->content().find("ann.server"), nullptr);
}

TEST(EarlierGrading, IsNoOtherFolder) {
  const chat::TestFolder files;
  const auto earlier = EarlierGrading::read(files.at(""));
  ASSERT_FALSE(earlier);
  EXPECT_TRUE(earlier.error().contains("journal.jsonl: cannot open it")) << earlier.error();
}

}  // namespace
}  // namespace chatspec
