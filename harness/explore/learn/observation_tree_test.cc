#include "harness/explore/learn/observation_tree.h"

#include <gtest/gtest.h>

namespace chatspec::learning {
namespace {

constexpr Output kAfterEnd = 9;

Node add_word(ObservationTree& tree, const Word& word, const std::vector<Output>& outputs) {
  Node node = kRootNode;
  for (std::size_t i = 0; i < word.size(); ++i) node = tree.add(node, word[i], outputs[i], false);
  return node;
}

TEST(ObservationTree, KeepsWhatWasAnswered) {
  ObservationTree tree(2, kAfterEnd);
  const Node node = add_word(tree, {0, 1, 0}, {5, 6, 7});
  EXPECT_EQ(tree.find(Word{0, 1, 0}), node);
  EXPECT_EQ(tree.access(node), (Word{0, 1, 0}));
  EXPECT_EQ(tree.depth(node), 3);
  EXPECT_EQ(tree.output(tree.find(Word{0}), 1), 6);
  EXPECT_EQ(tree.find(Word{1}), kNoNode);
}

TEST(ObservationTree, KnowsEverythingBehindAnEnd) {
  ObservationTree tree(2, kAfterEnd);
  EXPECT_EQ(tree.add(kRootNode, 1, 4, true), kEndNode);
  EXPECT_EQ(tree.find(Word{1, 0, 1, 1}), kEndNode);
  EXPECT_EQ(tree.output(kEndNode, 0), kAfterEnd);
  EXPECT_EQ(tree.access(kEndNode), Word{1});
}

TEST(ObservationTree, FindsAShortestWordByWhichNodesAreApart) {
  ObservationTree tree(2, kAfterEnd);
  add_word(tree, {0, 0, 1, 1}, {1, 1, 2, 3});
  add_word(tree, {1, 0, 1, 1}, {1, 1, 2, 4});
  const Node one = tree.find(Word{0});
  const Node other = tree.find(Word{1});
  EXPECT_EQ(tree.find_witness(one, other), (Word{0, 1, 1}));
  EXPECT_TRUE(tree.are_apart(one, other));
  EXPECT_TRUE(tree.separates(Word{0, 1, 1}, one, other));
  EXPECT_FALSE(tree.separates(Word{1}, one, other)) << "of one it was never asked";
  EXPECT_FALSE(tree.are_apart(kRootNode, tree.find(Word{0, 0, 1, 1})));
}

TEST(ObservationTree, TakesNodesBehindTheEndForTheSame) {
  ObservationTree tree(2, kAfterEnd);
  tree.add(tree.add(kRootNode, 0, 1, false), 0, 1, true);
  tree.add(kRootNode, 1, 1, true);
  EXPECT_FALSE(tree.are_apart(kEndNode, kEndNode));
  EXPECT_EQ(tree.find_witness(kRootNode, kEndNode), Word{0});
}

TEST(ObservationTree, ForgetsWhatWasBehindAnAnswerThatIsReplaced) {
  ObservationTree tree(2, kAfterEnd);
  add_word(tree, {0, 1}, {1, 2});
  tree.add(kRootNode, 0, 3, false);
  EXPECT_EQ(tree.output(kRootNode, 0), 3);
  EXPECT_EQ(tree.find(Word{0, 1}), kNoNode);
}

}  // namespace
}  // namespace chatspec::learning
