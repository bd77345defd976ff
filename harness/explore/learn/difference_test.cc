#include "harness/explore/learn/difference.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "harness/explore/learn/tests/machines.h"

namespace chatspec::learning {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::size_t count_edges(const ComparedMachines& compared, EdgeStatus status) {
  return static_cast<std::size_t>(
      std::ranges::count(compared.edges, status, &ComparedEdge::status));
}

TEST(Difference, IsNoneBetweenTheSame) {
  const MealyMachine machine = minimise(session_machine());
  const ComparedMachines compared = compare(machine, machine);
  EXPECT_THAT(compared.differences, IsEmpty());
  EXPECT_THAT(compared.states, SizeIs(4));
  EXPECT_EQ(count_edges(compared, EdgeStatus::kSame), 16U);
  EXPECT_THAT(compared.edges, SizeIs(16));
}

TEST(Difference, IsOneForAnotherOutput) {
  const MealyMachine prior = session_machine();
  MealyMachine machine = prior;
  machine.set(2, 2, {1, kText});
  const ComparedMachines compared = compare(machine, prior);
  ASSERT_THAT(compared.differences, SizeIs(1));
  const Difference& difference = compared.differences[0];
  EXPECT_EQ(difference.kind, DifferenceKind::kOutput);
  EXPECT_EQ(difference.access, (Word{0, 1}));
  EXPECT_EQ(difference.input, 2);
  EXPECT_EQ(difference.expected, kGood);
  EXPECT_EQ(difference.seen, kText);
  EXPECT_EQ(difference.seen_next, 1);
  EXPECT_EQ(difference.witness, (Word{0, 1, 2}));
  EXPECT_EQ(count_edges(compared, EdgeStatus::kMissing), 1U);
  EXPECT_EQ(count_edges(compared, EdgeStatus::kOther), 1U);
}

TEST(Difference, IsOneForAnEdgeToAnotherState) {
  const MealyMachine prior = session_machine();
  MealyMachine machine = prior;
  machine.set(2, 2, {0, kGood});  // it wants to be opened again after each message
  const ComparedMachines compared = compare(machine, prior);
  ASSERT_THAT(compared.differences, SizeIs(1));
  const Difference& difference = compared.differences[0];
  EXPECT_EQ(difference.kind, DifferenceKind::kNext);
  EXPECT_EQ(difference.expected_next, 1);
  EXPECT_EQ(difference.seen_next, kInitial);
  EXPECT_EQ(difference.witness, (Word{0, 1, 2, 0}));
}

TEST(Difference, IsOneForAStateThatThePriorDoesNotHave) {
  const MealyMachine prior = session_machine();
  MealyMachine machine = prior;
  const State done = machine.add_state();  // after one message it can only quit
  for (const Symbol any : {0, 1, 2}) machine.set(done, any, {done, 5});
  machine.set(done, 3, {3, kClosed});
  machine.set(2, 2, {done, kGood});
  const ComparedMachines compared = compare(machine, prior);
  ASSERT_THAT(compared.differences, SizeIs(1));
  EXPECT_EQ(compared.differences[0].kind, DifferenceKind::kNoState);
  EXPECT_EQ(compared.differences[0].witness, (Word{0, 1, 2, 0}));
  EXPECT_THAT(compared.states, SizeIs(5));
  EXPECT_EQ(count_edges(compared, EdgeStatus::kOther), 5U);
}

TEST(Difference, IsNoneOfWhatIsNotKnown) {
  const MealyMachine prior = session_machine();
  MealyMachine machine = prior;
  machine.set(2, 1, {2, kUnknownOutput});
  EXPECT_THAT(compare(machine, prior).differences, IsEmpty());
}

TEST(Difference, IsOneForEachPlantedOutput) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const MealyMachine prior = random_machine(seed, 8, 6, 4);
    MealyMachine machine = prior;
    std::mt19937_64 random(seed);
    for (const Symbol input : {1, 4}) {
      const auto state = static_cast<State>(random() % static_cast<std::uint64_t>(prior.states()));
      machine.set(state, input, {prior.step(state, input).next, 9});
    }
    machine = minimise(machine);
    const ComparedMachines compared = compare(machine, prior);
    EXPECT_THAT(compared.differences, SizeIs(2)) << seed;
    for (const Difference& difference : compared.differences) {
      EXPECT_EQ(difference.kind, DifferenceKind::kOutput);
      const auto seen = outputs_of(machine, difference.witness);
      const auto expected = outputs_of(prior, difference.witness);
      EXPECT_NE(seen.back(), expected.back());
      EXPECT_TRUE(std::equal(seen.begin(), seen.end() - 1, expected.begin()));
    }
  }
}

TEST(Difference, IsOneForEachPlantedEdge) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const MealyMachine prior = random_machine(seed, 8, 6, 4);
    MealyMachine machine = prior;
    const State state = static_cast<State>(seed) % prior.states();
    const MealyStep step = prior.step(state, 2);
    machine.set(state, 2, {(step.next + 1) % prior.states(), step.output});
    const auto compared = compare(minimise(machine), prior);
    ASSERT_THAT(compared.differences, SizeIs(1)) << seed;
    EXPECT_EQ(compared.differences[0].kind, DifferenceKind::kNext);
    EXPECT_EQ(compared.differences[0].expected_next, step.next);
  }
}

}  // namespace
}  // namespace chatspec::learning
