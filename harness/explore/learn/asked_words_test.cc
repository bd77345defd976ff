#include "harness/explore/learn/asked_words.h"

#include <algorithm>
#include <ostream>
#include <string>

#include <gmock/gmock.h>

#include "harness/explore/learn/tests/machines.h"

namespace chatspec::learning {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const AskSettings kSessions{.ends = [](Output output) { return output == kClosed; },
                            .after_end = kClosed};

TEST(AskedWords, AskEachWordOnce) {
  const MealyMachine machine = session_machine();
  MachineTeacher teacher(machine);
  AskedWords words(teacher, 4);
  EXPECT_THAT(words.answer(Word{0, 1, 0}).value(), ElementsAre(kGood, kGood, kText));
  EXPECT_THAT(words.answer(Word{0, 1}).value(), ElementsAre(kGood, kGood));
  EXPECT_EQ(words.statistics().words, 1U);
  EXPECT_EQ(words.statistics().symbols, 3U);
  EXPECT_EQ(words.statistics().cache_hits, 1U);
}

TEST(AskedWords, DoNotAskWhatComesAfterAnEnd) {
  const MealyMachine machine = session_machine();
  MachineTeacher teacher(machine);
  AskedWords words(teacher, 4, kSessions);
  EXPECT_THAT(words.answer(Word{0, 0, 1}).value(), ElementsAre(kGood, kClosed, kClosed));
  EXPECT_EQ(words.statistics().symbols, 2U);
  EXPECT_THAT(words.answer(Word{0, 0, 3, 3, 3}).value(), SizeIs(5));
  EXPECT_EQ(words.statistics().words, 1U);
}

TEST(AskedWords, ExploreSymbolBySymbol) {
  const MealyMachine machine = session_machine();
  MachineTeacher teacher(machine);
  AskedWords words(teacher, 4, kSessions);
  ASSERT_TRUE(words.answer(Word{0}));
  const auto until_text = [](std::span<const Output> seen) -> std::optional<Symbol> {
    if (!seen.empty() && seen.back() == kText) return std::nullopt;
    return 1;
  };
  EXPECT_EQ(words.explore(words.tree().find(Word{0}), until_text).value(), (Word{1, 1}));
  EXPECT_EQ(words.statistics().words, 2U);
  EXPECT_EQ(words.statistics().symbols, 4U);
  EXPECT_EQ(words.explore(words.tree().find(Word{0}), until_text).value(), (Word{1, 1}));
  EXPECT_EQ(words.statistics().words, 2U) << "it was known";
}

TEST(AskedWords, AskSeveralAtOnce) {
  const MealyMachine machine = session_machine();
  MachineTeacher teacher(machine);
  AskedWords words(teacher, 4, {.most_words = 2});
  EXPECT_TRUE(words.ask_all(std::vector<Word>{{0, 1}, {1}}));
  EXPECT_TRUE(words.ask_all(std::vector<Word>{{0}, {1}}));
  const auto refused = words.ask_all(std::vector<Word>{{2}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, TeacherFailure::Kind::kBudget);
}

struct VoteCase {
  const char* name;
  std::vector<Output> turns;  // what 0 1 0 ends with, the last one for ever
  Output expected;
  bool is_decided;
  std::uint64_t repeats;
};

void PrintTo(const VoteCase& vote, std::ostream* out) {
  *out << vote.name;
}

class Votes : public ::testing::TestWithParam<VoteCase> {};

TEST_P(Votes, DecideWhereAnswersDiffer) {
  const MealyMachine machine = session_machine();
  const VoteCase& vote = GetParam();
  std::size_t turn = 0;
  ChangedTeacher teacher(machine, [&](auto word, std::vector<Output> answer, auto) -> Answer {
    if (word.size() > 2) answer[2] = vote.turns[std::min(turn++, vote.turns.size() - 1)];
    return answer;
  });
  AskedWords words(teacher, 4);
  ASSERT_TRUE(words.answer(Word{0, 1, 0}));
  EXPECT_THAT(words.answer(Word{0, 1, 0, 2}).value(),
              ElementsAre(kGood, kGood, vote.expected, kGood));
  EXPECT_EQ(words.statistics().repeats, vote.repeats);
  const auto places = words.unstable_places();
  ASSERT_THAT(places, SizeIs(1));
  EXPECT_EQ(places[0].word, (Word{0, 1, 0}));
  EXPECT_EQ(places[0].is_decided, vote.is_decided);
  EXPECT_EQ(words.revision(), vote.expected == vote.turns[0] ? 0U : 1U);
}

INSTANTIATE_TEST_SUITE_P(
    AskedWords, Votes,
    ::testing::Values(VoteCase{"one lie first", {8, kText}, kText, true, 2},
                      VoteCase{"one lie later", {kText, 8, kText}, kText, true, 2},
                      VoteCase{"by turns", {8, 7, 8, 7, 8, 7, 8, 7}, 8, false, 6}),
    [](const auto& vote) {
      std::string name = vote.param.name;
      std::ranges::replace(name, ' ', '_');
      return name;
    });

TEST(AskedWords, EndASessionThatMostSayGoesOnButNoneWentOnWith) {
  const MealyMachine machine = session_machine();
  // It says 0 whenever that is the last symbol, and else closes there.
  ChangedTeacher teacher(machine, [](auto word, std::vector<Output> answer, auto) -> Answer {
    if (word.size() > 1) answer.assign(1, kClosed);
    return answer;
  });
  AskedWords words(teacher, 4, kSessions);
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(words.confirm(Word{0}));
  EXPECT_THAT(words.answer(Word{0, 1, 2}).value(), ElementsAre(kGood, kClosed, kClosed));
  EXPECT_FALSE(words.unstable_places().at(0).is_decided);
}

TEST(AskedWords, FailAsTheTeacherDoes) {
  const MealyMachine machine = session_machine();
  ChangedTeacher teacher(machine,
                         [](auto, std::vector<Output> answer, std::uint64_t asked) -> Answer {
                           if (asked == 1)
                             return std::unexpected(TeacherFailure{.text = "no cell"});
                           if (asked == 2) answer.pop_back();
                           return answer;
                         });
  AskedWords words(teacher, 4);
  EXPECT_TRUE(words.answer(Word{0}));
  EXPECT_EQ(words.answer(Word{0, 1}).error().text, "no cell");
  EXPECT_EQ(words.answer(Word{0, 1}).error().text, "of 2 symbols 1 were answered");
  EXPECT_TRUE(words.answer(Word{0, 1})) << "one failure is not for ever";
  EXPECT_THAT(words.unstable_places(), IsEmpty());
}

}  // namespace
}  // namespace chatspec::learning
