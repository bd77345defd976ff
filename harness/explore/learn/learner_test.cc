#include "harness/explore/learn/learner.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "harness/explore/learn/tested_equivalence.h"
#include "harness/explore/learn/tests/machines.h"

namespace chatspec::learning {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

const AskSettings kEndingSessions{.ends = [](Output output) { return output == kClosed; },
                                  .after_end = kClosed};

struct LearnedWith {
  Learned learned;
  AskStatistics statistics;
};

LearnedWith learn_perfectly(const MealyMachine& system, const LearnSettings& settings = {},
                            const AskSettings& ask = {}) {
  MachineTeacher teacher(system);
  AskedWords words(teacher, system.inputs(), ask);
  PerfectEquivalence equivalence(system);
  Learned learned = learn(words, equivalence, settings);
  return {std::move(learned), words.statistics()};
}

TEST(Learner, LearnsRandomMachines) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const MealyMachine system = random_machine(seed, 3 + static_cast<int>(seed % 12), 4, 2);
    const auto [learned, statistics] = learn_perfectly(system, {.seed = seed});
    EXPECT_EQ(learned.end, LearnEnd::kLearned);
    EXPECT_EQ(minimise(learned.machine), system) << seed;
    EXPECT_EQ(learned.machine.states(), system.states()) << seed;
    // Each edge against each state, and each counterexample by halves, as L# says.
    const auto states = static_cast<std::uint64_t>(system.states());
    EXPECT_LE(statistics.words, 4 * states * states + 8 * states) << seed;
  }
}

TEST(Learner, IsTheSameForTheSameSeed) {
  const MealyMachine system = random_machine(7, 10, 4, 2);
  const auto one = learn_perfectly(system, {.seed = 5});
  const auto again = learn_perfectly(system, {.seed = 5});
  EXPECT_EQ(one.learned.machine, again.learned.machine);
  EXPECT_EQ(one.statistics.symbols, again.statistics.symbols);
}

TEST(Learner, DoesNotAskBehindTheEndOfASession) {
  const MealyMachine system = session_machine();
  const auto plain = learn_perfectly(system);
  const auto aware = learn_perfectly(system, {}, kEndingSessions);
  EXPECT_EQ(minimise(aware.learned.machine), minimise(system));
  EXPECT_LT(2 * aware.statistics.symbols, plain.statistics.symbols + plain.statistics.symbols / 2);
}

TEST(Learner, NeedsNotLearnWhatThePriorIs) {
  const MealyMachine system = session_machine();
  MachineTeacher teacher(system);
  AskedWords words(teacher, system.inputs(), kEndingSessions);
  TestedEquivalence equivalence(words, {.extra_states = 1});
  const Learned learned = learn(words, equivalence, {.prior = &system});
  EXPECT_EQ(learned.end, LearnEnd::kConforms);
  EXPECT_EQ(learned.machine, system);
  EXPECT_EQ(learned.hypotheses, 1U);
  EXPECT_EQ(learned.guarantee.extra_states, 1);
}

TEST(Learner, LearnsForLessFromAPriorThatIsAlmostRight) {
  std::uint64_t with = 0;
  std::uint64_t without = 0;
  std::uint64_t hypotheses_with = 0;
  std::uint64_t hypotheses_without = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const MealyMachine prior = random_machine(seed, 14, 4, 2);
    MealyMachine system = prior;
    const State state = prior.states() / 2;
    system.set(state, 1, {prior.step(state, 1).next, 1 - prior.step(state, 1).output});
    const auto learned = learn_perfectly(system, {.seed = seed, .prior = &prior});
    EXPECT_EQ(minimise(learned.learned.machine), minimise(system)) << seed;
    with += learned.statistics.symbols;
    hypotheses_with += learned.learned.hypotheses;
    const auto anew = learn_perfectly(system, {.seed = seed});
    without += anew.statistics.symbols;
    hypotheses_without += anew.learned.hypotheses;
  }
  EXPECT_LT(with, without);
  EXPECT_LT(4 * hypotheses_with, hypotheses_without);
}

TEST(Learner, LearnsFromAPriorThatIsAllWrong) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const MealyMachine system = random_machine(seed, 8, 4, 2);
    const MealyMachine prior = random_machine(seed + 100, 12, 4, 2);
    const auto learned = learn_perfectly(system, {.seed = seed, .prior = &prior});
    EXPECT_EQ(minimise(learned.learned.machine), system) << seed;
  }
}

TEST(Learner, LearnsByTestsAlone) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const MealyMachine system = random_machine(seed, 6, 3, 2);
    MachineTeacher teacher(system);
    AskedWords words(teacher, system.inputs());
    TestedEquivalence equivalence(words, {.extra_states = 1, .seed = seed});
    const Learned learned = learn(words, equivalence, {.seed = seed});
    EXPECT_EQ(minimise(learned.machine), system) << seed;
    EXPECT_EQ(learned.guarantee.extra_states, 1);
  }
}

TEST(Learner, OutvotesATeacherThatLiesNowAndThen) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const MealyMachine system = random_machine(seed, 6, 3, 2);
    std::mt19937_64 random(seed);
    ChangedTeacher teacher(system, [&](auto, std::vector<Output> answer, auto) -> Answer {
      if (random() % 50 == 0) answer.back() = 1 - answer.back();
      return answer;
    });
    AskedWords words(teacher, system.inputs());
    TestedEquivalence equivalence(words, {.extra_states = 1, .seed = seed});
    const Learned learned = learn(words, equivalence, {.seed = seed});
    EXPECT_EQ(learned.end, LearnEnd::kLearned);
    EXPECT_EQ(minimise(learned.machine), system) << seed;
    EXPECT_THAT(words.unstable_places(), Not(IsEmpty()));
  }
}

TEST(Learner, MarksWhereATeacherIsNeverSure) {
  // In the message, the first input is answered by turns.
  const MealyMachine system = session_machine();
  ChangedTeacher teacher(system,
                         [](auto word, std::vector<Output> answer, std::uint64_t asked) -> Answer {
                           for (std::size_t i = 0; i < answer.size(); ++i) {
                             if (word[i] == 0 && answer[i] == kText && asked % 2 == 0)
                               answer[i] = kGood;
                           }
                           return answer;
                         });
  AskedWords words(teacher, system.inputs(), kEndingSessions);
  TestedEquivalence equivalence(words, {.extra_states = 1});
  const Learned learned = learn(words, equivalence, {.most_states = 20});
  const auto places = words.unstable_places();
  EXPECT_TRUE(std::ranges::any_of(
      places, [](const UnstablePlace& place) { return place.word == Word{0, 1, 0}; }));
  for (const UnstablePlace& place : places) EXPECT_EQ(place.word.back(), 0);
  EXPECT_NE(learned.end, LearnEnd::kNotAnswered);
}

TEST(Learner, ComesToAnEndWithATeacherThatAnswersAtRandom) {
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    const MealyMachine system = session_machine();
    std::mt19937_64 random(seed);
    ChangedTeacher teacher(system, [&](auto, std::vector<Output> answer, auto) -> Answer {
      for (Output& output : answer) output = static_cast<Output>(random() % 3);
      return answer;
    });
    AskedWords words(teacher, system.inputs(), {.most_words = 1000});
    TestedEquivalence equivalence(words, {.extra_states = 1});
    const Learned learned = learn(words, equivalence, {.seed = seed, .most_states = 30});
    EXPECT_LE(words.statistics().words, 1000U);
    EXPECT_THAT(words.unstable_places(), Not(IsEmpty()));
    EXPECT_EQ(learned.machine.inputs(), 4);
  }
}

TEST(Learner, KeepsWhatItKnowsWhereTheTeacherFails) {
  const MealyMachine system = session_machine();
  for (const std::uint64_t failing : {0U, 1U, 5U, 12U}) {
    ChangedTeacher teacher(system,
                           [&](auto, std::vector<Output> answer, std::uint64_t asked) -> Answer {
                             if (asked >= failing)
                               return std::unexpected(TeacherFailure{.text = "no cell"});
                             return answer;
                           });
    AskedWords words(teacher, system.inputs(), kEndingSessions);
    PerfectEquivalence equivalence(system);
    const Learned learned = learn(words, equivalence, {});
    EXPECT_EQ(learned.end, LearnEnd::kNotAnswered);
    ASSERT_TRUE(learned.failure);
    EXPECT_EQ(learned.failure->text, "no cell");
    int known = 0;
    for (Symbol input = 0; input < 4; ++input)
      known += learned.machine.step(kInitial, input).output != kUnknownOutput ? 1 : 0;
    EXPECT_EQ(known > 0, failing > 0) << failing;
  }
}

TEST(Learner, GivesUpASystemWithTooManyStates) {
  const auto [learned, statistics] =
      learn_perfectly(random_machine(1, 30, 3, 3), {.most_states = 5});
  EXPECT_EQ(learned.end, LearnEnd::kTooManyStates);
}

}  // namespace
}  // namespace chatspec::learning
