#include "harness/explore/learn/tested_equivalence.h"

#include <set>

#include <gmock/gmock.h>

#include "harness/explore/learn/test_suite.h"
#include "harness/explore/learn/tests/machines.h"
#include "harness/explore/learn/walks.h"

namespace chatspec::learning {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const AskSettings kTestedSessions{.ends = [](Output output) { return output == kClosed; },
                                  .after_end = kClosed};

std::optional<Word> test_against(const MealyMachine& machine, const MealyMachine& system,
                                 const TestSettings& settings = {}, const AskSettings& ask = {}) {
  MachineTeacher teacher(system);
  AskedWords words(teacher, system.inputs(), ask);
  return TestedEquivalence(words, settings).find_counterexample(machine).value();
}

TEST(TestSuite, TellsEachStateFromAllOthers) {
  const MealyMachine machine = random_machine(3, 9, 3, 2);
  const auto identifiers = find_identifiers(machine);
  for (State one = 0; one < machine.states(); ++one) {
    for (State other = 0; other < one; ++other) {
      // By a word, or a beginning of it, that both have.
      bool is_told = false;
      for (const Word& word : identifiers[static_cast<std::size_t>(one)]) {
        for (const Word& same : identifiers[static_cast<std::size_t>(other)]) {
          const auto common =
              static_cast<std::size_t>(std::ranges::mismatch(word, same).in1 - word.begin());
          const auto beginning = std::span(word).first(common);
          is_told = is_told ||
                    outputs_of(machine, beginning, one) != outputs_of(machine, beginning, other);
        }
      }
      EXPECT_TRUE(is_told) << one << " and " << other;
    }
  }
}

TEST(TestSuite, FindsEveryMutantOfOneEdge) {
  const MealyMachine machine = random_machine(5, 5, 3, 2);
  int mutants = 0;
  for (State state = 0; state < machine.states(); ++state) {
    for (Symbol input = 0; input < machine.inputs(); ++input) {
      const MealyStep step = machine.step(state, input);
      for (State next = 0; next < machine.states(); ++next) {
        for (const Output output : {0, 1}) {
          MealyMachine mutant = machine;
          mutant.set(state, input, {next, output});
          if (!find_separating_word(machine, mutant)) continue;
          ++mutants;
          const auto found = test_against(machine, mutant, {.extra_states = 0, .walks = 0});
          ASSERT_TRUE(found) << state << input << next << output;
          EXPECT_NE(outputs_of(machine, *found), outputs_of(mutant, *found));
        }
      }
      EXPECT_EQ(machine.step(state, input), step);
    }
  }
  EXPECT_GT(mutants, 50);
}

// The machine with so many states in a row after an edge, the last of which answers one input
// otherwise.
MealyMachine with_hidden_states(const MealyMachine& machine, State from, Symbol input, int extra) {
  MealyMachine hidden = machine;
  State target = machine.step(from, input).next;
  State before = from;
  for (int i = 0; i < extra; ++i) {
    const State copy = hidden.add_state();
    for (Symbol any = 0; any < machine.inputs(); ++any) {
      hidden.set(copy, any, machine.step(target, any));
    }
    hidden.set(before, input, {copy, hidden.step(before, input).output});
    before = copy;
    target = machine.step(target, input).next;
  }
  hidden.set(before, input, {hidden.step(before, input).next, 5});
  return hidden;
}

TEST(TestSuite, FindsHiddenStatesUpToItsBound) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const MealyMachine machine = random_machine(seed, 4, 2, 2);
    for (int extra = 0; extra <= 3; ++extra) {
      const MealyMachine hidden = with_hidden_states(machine, machine.states() - 1, 1, extra);
      EXPECT_TRUE(test_against(machine, hidden, {.extra_states = extra, .walks = 0}))
          << seed << " " << extra;
    }
  }
}

TEST(TestSuite, DoesNotGoOnBehindAnEnd) {
  const MealyMachine machine = minimise(session_machine());
  const auto ends = [](Output output) { return output == kClosed; };
  for (int round = 0; round < 3; ++round) {
    std::size_t words = 0;
    list_round(machine, round, find_identifiers(machine), ends, [&](const Word& word) {
      const auto outputs = outputs_of(machine, word);
      const auto end = std::ranges::find(outputs, kClosed);
      // What identifies a state may be cut later, but nothing is added after the end.
      EXPECT_LE(outputs.end() - end, 2) << ::testing::PrintToString(word);
      ++words;
      return true;
    });
    EXPECT_GT(words, 0U);
  }
}

TEST(TestedEquivalence, SaysWhatIsGuaranteed) {
  const MealyMachine system = session_machine();
  MachineTeacher teacher(system);
  AskedWords words(teacher, system.inputs(), kTestedSessions);
  TestedEquivalence whole(words, {});
  EXPECT_EQ(whole.find_counterexample(system).value(), std::nullopt);
  EXPECT_THAT(whole.guarantee().describe(4), HasSubstr("correct if it has at most 6 states"));
  EXPECT_FALSE(whole.guarantee().is_budget_used);

  AskedWords others(teacher, system.inputs(), kTestedSessions);
  TestedEquivalence bounded(others, {.most_words = 5});
  EXPECT_EQ(bounded.find_counterexample(system).value(), std::nullopt);
  EXPECT_THAT(bounded.guarantee().describe(4),
              HasSubstr("only sampled: 5 words, and more were to be tried"));
  EXPECT_EQ(others.statistics().words, 5U);
}

TEST(TestedEquivalence, FindsWhatBreaksOnlyOnTheEighthMessage) {
  // Each message leads to a further state that does the same, but for the eighth.
  MealyMachine system = session_machine();
  State open = 1;
  for (int message = 1; message <= 8; ++message) {
    const State text = message == 1 ? 2 : system.add_state();
    const State next = system.add_state();
    for (const Symbol any : {0, 1, 3}) system.set(text, any, {text, kText});
    system.set(text, 2, {next, message == 8 ? kText : kGood});
    for (const Symbol any : {0, 2, 3}) system.set(next, any, {3, kClosed});
    system.set(open, 1, {text, kGood});
    open = next;
  }
  system.set(open, 1, {2, kGood});
  const auto is_good = [](Output output) { return output == kGood; };
  const MealyMachine machine = minimise(session_machine());
  EXPECT_TRUE(test_against(machine, system, {.walks = 0, .is_good = is_good}, kTestedSessions));
}

TEST(TestedEquivalence, FailsAsTheTeacherDoes) {
  const MealyMachine system = session_machine();
  ChangedTeacher teacher(system, [](auto, auto, auto) -> Answer {
    return std::unexpected(TeacherFailure{.text = "no cell"});
  });
  AskedWords words(teacher, system.inputs());
  const auto found = TestedEquivalence(words, {}).find_counterexample(system);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().text, "no cell");
}

TEST(TestedEquivalence, BelievesNoLieThatIsNotRepeated) {
  const MealyMachine system = session_machine();
  ChangedTeacher teacher(system,
                         [](auto, std::vector<Output> answer, std::uint64_t asked) -> Answer {
                           if (asked == 3) answer.back() = 7;
                           return answer;
                         });
  AskedWords words(teacher, system.inputs(), kTestedSessions);
  EXPECT_EQ(TestedEquivalence(words, {}).find_counterexample(system).value(), std::nullopt);
  EXPECT_THAT(words.unstable_places(), SizeIs(1));
}

TEST(Walks, PumpWhatGoesWell) {
  const MealyMachine machine = session_machine();
  const GoodPaths paths(machine, [](Output output) { return output == kGood; });
  Word messages{0};
  for (int i = 0; i < 8; ++i) messages.insert(messages.end(), {1, 2});
  EXPECT_THAT(paths.list_pumps(), Contains(messages));
}

TEST(Walks, FollowGoodEdgesAndEndWhereTheSessionDoes) {
  const MealyMachine machine = session_machine();
  const auto ends = [](Output output) { return output == kClosed; };
  const GoodPaths paths(machine, [&](Output output) { return !ends(output); });
  std::mt19937_64 random(1);
  std::set<Word> words;
  std::size_t symbols = 0;
  for (int i = 0; i < 200; ++i) {
    const Word word = walk(machine, paths, {}, ends, random);
    auto outputs = outputs_of(machine, word);
    outputs.pop_back();
    EXPECT_THAT(outputs, Each(Not(kClosed)));
    words.insert(word);
    symbols += word.size();
  }
  EXPECT_GT(words.size(), 100U);
  EXPECT_GT(symbols, 1000U);
}

}  // namespace
}  // namespace chatspec::learning
