#include "harness/explore/learn/mealy_machine.h"

#include <gmock/gmock.h>

#include "harness/explore/learn/tests/machines.h"

namespace chatspec::learning {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(MealyMachine, BeginsWithAStateOfWhichNothingIsKnown) {
  const MealyMachine machine(2);
  EXPECT_EQ(machine.states(), 1);
  EXPECT_EQ(machine.step(kInitial, 1), (MealyStep{kInitial, kUnknownOutput}));
}

TEST(MealyMachine, RunsAWord) {
  const Word word{0, 1, 0, 2, 3, 0};
  EXPECT_THAT(outputs_of(session_machine(), word),
              ElementsAre(kGood, kGood, kText, kGood, kClosed, kClosed));
  EXPECT_EQ(run(session_machine(), std::span(word).first(4)), 1);
}

TEST(MealyMachine, IsMinimisedToWhatCanBeReachedAndDiffers) {
  // States 1 and 2 do the same, 3 cannot be reached; the order becomes that of the search.
  const MealyMachine machine = machine_of({
      {{2, 0}, {1, 1}},
      {{1, 1}, {0, 0}},
      {{2, 1}, {0, 0}},
      {{0, 1}, {0, 1}},
  });
  EXPECT_EQ(minimise(machine), machine_of({{{1, 0}, {1, 1}}, {{1, 1}, {0, 0}}}));
}

TEST(MealyMachine, GivesAShortestWordToEachStateThatCanBeReached) {
  const MealyMachine machine =
      machine_of({{{1, 0}, {2, 0}}, {{2, 0}, {1, 0}}, {{2, 0}, {2, 0}}, {{0, 0}, {0, 0}}});
  EXPECT_THAT(find_access_words(machine),
              ElementsAre(Optional(Word{}), Optional(Word{0}), Optional(Word{1}), std::nullopt));
}

TEST(MealyMachine, IsToldFromAnotherByAShortestWord) {
  MealyMachine other = session_machine();
  other.set(2, 3, {2, kGood});
  EXPECT_EQ(find_separating_word(session_machine(), other), (Word{0, 1, 3}));
  EXPECT_EQ(find_separating_word(session_machine(), session_machine()), std::nullopt);
  EXPECT_EQ(find_separating_word(other, 1, other, 2), Word{0});
}

TEST(MealyMachine, IsEquivalentToItsSmallestForm) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const MealyMachine machine = random_machine(seed, 12, 3, 2);
    EXPECT_EQ(find_separating_word(machine, minimise(machine)), std::nullopt) << seed;
    EXPECT_EQ(minimise(machine), machine) << seed;
  }
}

}  // namespace
}  // namespace chatspec::learning
