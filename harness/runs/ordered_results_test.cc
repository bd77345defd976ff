#include "harness/runs/ordered_results.h"

#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

// Told from a result by its duration.
CaseResult at_place(long place) {
  return {.duration = std::chrono::nanoseconds(place)};
}

TEST(OrderedResults, HoldBackWhatEndsBeforeItsTurn) {
  std::vector<long> told;
  OrderedResults results(
      [&](const CaseResult& result) { told.push_back(result.duration.count()); });
  results.add(2, at_place(2));
  results.add(1, at_place(1));
  EXPECT_EQ(told, std::vector<long>{});
  results.add(0, at_place(0));
  EXPECT_EQ(told, (std::vector<long>{0, 1, 2}));
  results.add(3, at_place(3));
  EXPECT_EQ(told, (std::vector<long>{0, 1, 2, 3}));
}

TEST(OrderedResults, OfARunThatWasInterruptedLoseNothingThatHadEnded) {
  std::vector<long> told;
  OrderedResults results(
      [&](const CaseResult& result) { told.push_back(result.duration.count()); });
  results.add(3, at_place(3));
  results.add(1, at_place(1));
  results.finish();
  EXPECT_EQ(told, (std::vector<long>{1, 3}));
  results.finish();
  EXPECT_EQ(told.size(), 2U) << "each once";
}

}  // namespace
}  // namespace chatspec
