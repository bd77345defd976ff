#include "harness/grade/mark_changes.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Points of(std::string_view text) {
  return *Points::parse(text);
}

ClassMarks class_of(std::vector<Score> scores) {
  return {
      .parts = {{Role::kServer, "hello", of("60")}, {Role::kServer, "quit", of("40")}},
      .played = {{Role::kServer, "hello/a"}, {Role::kServer, "hello/b"}, {Role::kServer, "quit/a"}},
      .scores = std::move(scores)};
}

Score score_of(std::string id, std::string_view total) {
  return {.id = std::move(id), .files = "f", .total = Points::parse(total), .why_not = "why"};
}

std::string order_of(const MarkChanges& changes) {
  std::string text;
  for (const MarkChange& change : changes.changes)
    text += std::string(chat::row_of(kMarkTurns, change.turn).word) + ":" + change.id + " ";
  return text;
}

TEST(MarkChanges, HaveWhatFellFirstAndTheLargestOfEach) {
  const ClassMarks before =
      class_of({score_of("a", "10"), score_of("b", "50"), score_of("c", "50"), score_of("d", "50"),
                score_of("e", ""), score_of("f", "30"), score_of("g", ""), score_of("h", "1")});
  const ClassMarks now =
      class_of({score_of("a", "90"), score_of("b", "49"), score_of("c", "20"), score_of("d", ""),
                score_of("e", "5"), score_of("f", "30"), score_of("g", ""), score_of("i", "2")});
  const MarkChanges changes = compare_marks(before, now);
  EXPECT_EQ(order_of(changes), "fell:c fell:b lost:d lost:h rose:a gained:e gained:i ");
  EXPECT_EQ(changes.same, 1U);
  EXPECT_EQ(changes.without, 1U);
  EXPECT_TRUE(changes.is_worse());
  EXPECT_EQ(changes.changes[2].why_not, "why");
  EXPECT_EQ(changes.changes[3].why_not, "it is not among the submissions");
  EXPECT_EQ(changes.changes[6].why_not, "it is not among the submissions");
}

TEST(MarkChanges, AreNoWorseWhereSomeRoseAndSomeAreNew) {
  const MarkChanges changes = compare_marks(class_of({score_of("a", "1"), score_of("b", "")}),
                                            class_of({score_of("a", "2"), score_of("b", "0")}));
  EXPECT_EQ(order_of(changes), "rose:a gained:b ");
  EXPECT_FALSE(changes.is_worse());
}

TEST(MarkChanges, SayWhichPartsMistakesAndCasesDiffer) {
  Score before = score_of("a", "90");
  before.parts = {of("60"), of("30")};
  before.mistakes = {{.root = "late", .sentence = "late", .cost = of("10")}};
  before.cases = {{.id = "quit/a", .verdict = Verdict::kHang, .code = "silence"}};
  Score now = score_of("a", "85");
  now.files = "g";
  now.parts = {of("45"), of("40")};
  now.mistakes = {{.root = "lf", .sentence = "no LF", .cost = of("15")}};
  now.cases = {{.id = "hello/b", .code = "wrong-reply"}};
  const MarkChanges changes = compare_marks(class_of({before}), class_of({now}));
  ASSERT_EQ(changes.changes.size(), 1U);
  const MarkChange& change = changes.changes.front();
  EXPECT_TRUE(change.has_other_files);
  EXPECT_EQ(change.difference(), of("85") - of("90"));
  ASSERT_EQ(change.parts.size(), 2U);
  EXPECT_EQ(change.parts[0].cases, "hello");
  EXPECT_EQ(change.parts[0].earned_before, of("60"));
  EXPECT_EQ(change.parts[0].earned_now, of("45"));
  ASSERT_EQ(change.mistakes.size(), 2U);
  EXPECT_EQ(change.mistakes[0].mistake.root, "lf");
  EXPECT_EQ(change.mistakes[0].before, Points());
  EXPECT_EQ(change.mistakes[1].mistake.root, "late");
  EXPECT_EQ(change.mistakes[1].now, Points());
  ASSERT_EQ(change.cases.size(), 2U);
  EXPECT_EQ(change.cases[0].id, "hello/b");
  EXPECT_EQ(change.cases[0].before, "pass");
  EXPECT_EQ(change.cases[0].now, "fail wrong-reply");
  EXPECT_EQ(change.cases[1].before, "hang silence");
  EXPECT_TRUE(change.cases[1].passes_now);
}

TEST(MarkChanges, SayWhichPartsAndCasesAreNew) {
  Score score = score_of("a", "90");
  score.parts = {of("60"), of("30")};
  const ClassMarks before = class_of({score});
  ClassMarks now = before;
  now.parts[1].points = of("35");
  now.parts.push_back({Role::kServer, "state", of("5")});
  now.played.insert({Role::kServer, "state/a"});
  now.scores.front().total = of("91");
  now.scores.front().parts.push_back(of("1"));
  const MarkChanges changes = compare_marks(before, now);
  ASSERT_EQ(changes.changes.size(), 1U);
  const MarkChange& change = changes.changes.front();
  ASSERT_EQ(change.parts.size(), 2U);
  EXPECT_EQ(change.parts[0].points_before, of("40"));
  EXPECT_EQ(change.parts[0].points_now, of("35"));
  EXPECT_FALSE(change.parts[1].points_before);
  EXPECT_EQ(change.parts[1].earned_now, of("1"));
  ASSERT_EQ(change.cases.size(), 1U);
  EXPECT_EQ(change.cases.front().before, "not there");
}

TEST(MarkChanges, TellWhatChangedForAll) {
  ClassMarks before = class_of({});
  before.settings = {"title A", "points 60 hello", "points 40 quit", "points 40 quit"};
  ClassMarks now = before;
  EXPECT_TRUE(compare_marks(before, now).is_same_setting());
  now.settings = {"title A", "points 40 quit", "points 70 hello"};
  now.seed = 8;
  now.suite = "x";
  now.chatspec = "2";
  const MarkChanges changes = compare_marks(before, now);
  EXPECT_EQ(changes.settings_before,
            (std::vector<std::string>{"points 60 hello", "points 40 quit"}));
  EXPECT_EQ(changes.settings_now, std::vector<std::string>{"points 70 hello"});
  EXPECT_EQ(changes.remarks.size(), 3U);
  EXPECT_FALSE(changes.is_same_setting());
}

}  // namespace
}  // namespace chatspec
