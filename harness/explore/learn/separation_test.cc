#include "harness/explore/learn/separation.h"

#include <gtest/gtest.h>

namespace chatspec::learning {
namespace {

// States after 0, 1, 2 and so on, of which so many words were asked.
class Separations : public ::testing::Test {
 protected:
  void answered(Symbol state, const Word& word, const std::vector<Output>& outputs) {
    Node node = tree_.add(kRootNode, state, 0, false);
    for (std::size_t i = 0; i < word.size(); ++i)
      node = tree_.add(node, word[i], outputs[i], false);
  }
  std::unique_ptr<Separation> plan(const std::vector<Symbol>& states, double cost = 3) {
    std::vector<Candidate> candidates;
    for (const Symbol state : states) candidates.push_back({tree_.next(kRootNode, state), 1});
    return plan_separation(tree_, candidates, cost);
  }

  ObservationTree tree_{4, 0};
};

TEST_F(Separations, AreNoneWhereNothingIsKnownToDiffer) {
  answered(0, {1}, {5});
  answered(1, {1}, {5});
  answered(2, {2}, {6});
  EXPECT_EQ(plan({0, 1, 2}), nullptr);
  EXPECT_EQ(plan({0}), nullptr);
}

TEST_F(Separations, GoOnByWhatWasAnswered) {
  // 1 tells state 3 from the rest; then 2 tells 0 from 1.
  answered(0, {1, 2}, {5, 7});
  answered(1, {1, 2}, {5, 8});
  answered(3, {1, 2}, {6, 7});
  const auto first = plan({0, 1, 3});
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->input, 1);
  ASSERT_EQ(first->then.count(5), 1U);
  EXPECT_EQ(first->then.at(5)->input, 2);
  EXPECT_EQ(first->then.count(6), 0U);
}

TEST_F(Separations, TakeTheShortestWay) {
  answered(0, {1, 1, 1}, {5, 5, 5});
  answered(1, {1, 1, 1}, {5, 5, 6});
  answered(0, {3}, {1});
  answered(1, {3}, {2});
  EXPECT_EQ(plan({0, 1})->input, 3);
}

TEST_F(Separations, TakeALongWayWhereThereIsNoOther) {
  answered(0, {1, 1, 1, 1, 1, 1}, {5, 5, 5, 5, 5, 5});
  answered(1, {1, 1, 1, 1, 1, 1}, {5, 5, 5, 5, 5, 6});
  const auto first = plan({0, 1}, 1);
  int symbols = 0;
  for (const Separation* at = first.get(); at; ++symbols) {
    const auto then = at->then.find(5);
    at = then == at->then.end() ? nullptr : then->second.get();
  }
  EXPECT_EQ(symbols, 6);
}

TEST_F(Separations, ComeToAnEndBehindTheEndOfASession) {
  tree_.add(tree_.add(kRootNode, 0, 0, false), 1, 5, true);
  tree_.add(tree_.add(kRootNode, 1, 0, false), 1, 5, true);
  EXPECT_EQ(plan({0, 1}), nullptr);
}

}  // namespace
}  // namespace chatspec::learning
