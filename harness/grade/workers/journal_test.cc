#include "harness/grade/workers/journal.h"

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

TEST(Journal, RemembersWhatWasDone) {
  const chat::TestFolder folder;
  {
    auto journal = Journal::open(folder.at("j"), 7);
    ASSERT_TRUE(journal) << journal.error();
    ASSERT_TRUE(journal->add({.log = "ann.server", .key = "old"}));
    ASSERT_TRUE(journal->add({.log = "ann.server", .key = "new"}));
    ASSERT_TRUE(journal->add({.log = "bob.server", .key = "k", .trouble = "no \xff file"}));
  }
  const auto journal = Journal::open(folder.at("j"), 8);
  ASSERT_TRUE(journal) << journal.error();
  EXPECT_EQ(journal->content().seed, 7U) << "that of the first";
  EXPECT_EQ(journal->content().find("ann.server")->key, "new");
  EXPECT_EQ(journal->content().find("bob.server")->trouble, "no \xef\xbf\xbd file");
  EXPECT_EQ(journal->content().find("cem.server"), nullptr);
  EXPECT_EQ(journal->content().entries.size(), 2U);
}

TEST(Journal, LosesNothingBehindALineThatWasCutOff) {
  const chat::TestFolder folder;
  ASSERT_TRUE(Journal::open(folder.at("j"), 7)->add({.log = "a", .key = "1"}));
  folder.write("j", folder.content("j") + "{\"log\":\"b\",\"ke");
  ASSERT_TRUE(Journal::open(folder.at("j"), 7)->add({.log = "c", .key = "3"}));
  const auto journal = Journal::open(folder.at("j"), 7);
  ASSERT_TRUE(journal) << journal.error();
  EXPECT_EQ(journal->content().entries.size(), 2U);
  EXPECT_NE(journal->content().find("a"), nullptr);
  EXPECT_NE(journal->content().find("c"), nullptr);
}

// Whoever writes to it may be in the middle of a line.
TEST(Journal, IsReadUpToItsLastWholeLine) {
  const chat::TestFolder folder;
  ASSERT_TRUE(Journal::open(folder.at("j"), 7)->add({.log = "a", .key = "1"}));
  const std::string text = folder.content("j") + "{\"log\":\"b\",\"ke";
  folder.write("j", text);
  const auto content = read_journal(folder.at("j"));
  ASSERT_TRUE(content) << content.error();
  EXPECT_EQ(content->seed, 7U);
  EXPECT_EQ(content->entries.size(), 1U);
  EXPECT_EQ(folder.content("j"), text);
}

TEST(Journal, BeginsAnewWhereItsFirstLineWasCutOff) {
  const chat::TestFolder folder;
  folder.write("j", "{\"grading\":1,\"se");
  const auto journal = Journal::open(folder.at("j"), 9);
  ASSERT_TRUE(journal) << journal.error();
  EXPECT_EQ(journal->content().seed, 9U);
}

TEST(Journal, IsNothingElse) {
  const chat::TestFolder folder;
  for (const char* text : {"hello\n", "{}\n", "{\"grading\":2,\"seed\":1}\n",
                           "{\"grading\":1,\"seed\":-1}\n", "{\"grading\":1,\"seed\":1}\n[]\n"}) {
    folder.write("j", text);
    EXPECT_FALSE(Journal::open(folder.at("j"), 1)) << text;
    EXPECT_FALSE(read_journal(folder.at("j"))) << text;
  }
  EXPECT_FALSE(Journal::open(folder.at("nosuch/j"), 1));
  EXPECT_FALSE(read_journal(folder.at("nosuch/j")));
}

}  // namespace
}  // namespace chatspec
