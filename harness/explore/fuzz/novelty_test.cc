#include "harness/explore/fuzz/novelty.h"

#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(NoveltyTest, IsAnAnswerThatAStepHadNotBeforeInThatState) {
  Novelty novelty;
  EXPECT_TRUE(novelty.add("begun", "HELLO", "260 OK"));
  EXPECT_FALSE(novelty.add("begun", "HELLO", "260 OK"));
  EXPECT_TRUE(novelty.add("begun", "HELLO", "closed"));
  EXPECT_TRUE(novelty.add("ready", "HELLO", "closed"));
  EXPECT_EQ(novelty.states(), 2);
  EXPECT_EQ(novelty.edges(), 3);
}

TEST(NoveltyTest, IsALineThatWasNotReachedBefore) {
  Novelty novelty;
  EXPECT_FALSE(novelty.reach({}));
  EXPECT_TRUE(novelty.reach(std::vector<std::string>{"server.py:1", "server.py:2"}));
  EXPECT_FALSE(novelty.reach(std::vector<std::string>{"server.py:2", "server.py:1"}));
  EXPECT_TRUE(novelty.reach(std::vector<std::string>{"server.py:2", "server.py:3"}));
  EXPECT_EQ(novelty.lines(), 3);
  EXPECT_EQ(novelty.edges(), 0);
}

// A program may tell another line each time, which are none that anybody could reach.
TEST(NoveltyTest, IsNoLineOfAProgramThatMakesThemUp) {
  Novelty novelty;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < kMostLines; ++i) lines.push_back(fmt::format("x:{}", i));
  EXPECT_TRUE(novelty.reach(lines));
  EXPECT_FALSE(novelty.reach(std::vector<std::string>{"y:1"}));
  EXPECT_EQ(novelty.lines(), kMostLines);
}

}  // namespace
}  // namespace chatspec
