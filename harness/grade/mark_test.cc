#include "harness/grade/mark.h"

#include <initializer_list>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

CaseRecord passed(std::string id) {
  CaseRecord made;
  made.id = std::move(id);
  return made;
}

// Whatever fails by the same mistake has one root.
CaseRecord failed(std::string id, std::string mistake, Verdict verdict = Verdict::kFail) {
  CaseRecord made = passed(std::move(id));
  made.verdict = verdict;
  made.failure = FindingRecord{};
  made.failure->code = "wrong-reply";
  made.failure->cause = CauseRecord{.id = mistake, .sentence = "this is " + mistake};
  return made;
}

CaseRecord skipped(std::string id, std::string kind, std::string needed = "") {
  CaseRecord made = passed(std::move(id));
  made.verdict = Verdict::kSkipped;
  made.skipped = SkipRecord{.kind = std::move(kind), .case_id = std::move(needed)};
  return made;
}

CaseRecord troubled(std::string id) {
  CaseRecord made = passed(std::move(id));
  made.verdict = Verdict::kError;
  made.trouble = "no more processes";
  return made;
}

PointsPart part(std::string_view points, std::string word, std::string_view each = "") {
  PointsPart made{.points = *Points::parse(points), .cases = {{std::move(word)}}};
  if (!each.empty()) made.each = Points::parse(each);
  return made;
}

// Servers, for 30 points, 50 and 20.
Assignment of_servers() {
  Assignment assignment;
  assignment.parts = {part("30", "hello"), part("50", "sign"), part("20", "*")};
  return assignment;
}

struct Played {
  std::vector<CaseRecord> cases{};
  BuildRecord build{};
  bool is_built = false;
  Role role = Role::kServer;
};

SettledRun settle(const Played& played) {
  SettledRun run{.role = played.role, .is_whole = true};
  if (played.is_built) run.build = &played.build;
  for (const CaseRecord& one : played.cases) run.cases.push_back(&one);
  return run;
}

// "TOTAL = EARNED/POINTS EARNED/POINTS …", or why there is no mark.
std::string points_of(const Mark& mark) {
  if (!mark.total) return "not graded: " + mark.why_not;
  std::vector<std::string> parts;
  Points sum;
  for (const PartMark& one : mark.parts) {
    parts.push_back(one.earned.to_string() + "/" + one.points.to_string());
    sum += one.earned;
    Points lost;
    for (const Charge& charge : one.charges) lost += charge.cost;
    // Each point that is lost is somebody's, but where nothing was played.
    if (!one.charges.empty()) {
      EXPECT_EQ(lost, one.points - one.earned);
    }
  }
  EXPECT_EQ(sum, *mark.total);
  return fmt::format("{} = {}", mark.total->to_string(), fmt::join(parts, " "));
}

std::string mark_of(const Assignment& assignment, std::vector<CaseRecord> cases) {
  const Played played{.cases = std::move(cases)};
  const SettledRun run = settle(played);
  return points_of(mark(assignment, {&run, 1}));
}

TEST(Mark, OfWhatPassesIsWhole) {
  EXPECT_EQ(mark_of(of_servers(), {passed("hello/a"), passed("sign/a"), passed("quit/a")}),
            "100 = 30/30 50/50 20/20");
}

TEST(Mark, CountsACaseInTheFirstPartThatHasIt) {
  Assignment assignment = of_servers();
  assignment.parts = {part("60", "hello/a"), part("40", "hello")};
  EXPECT_EQ(mark_of(assignment, {failed("hello/a", "x"), passed("hello/b"), passed("other/c")}),
            "40 = 0/60 40/40");
}

TEST(Mark, ChargesAMistakeInThePartThatItHitsHardest) {
  EXPECT_EQ(mark_of(of_servers(), {passed("hello/a"), failed("hello/b", "x"), failed("sign/a", "x"),
                                   passed("sign/b"), passed("quit/a"), failed("quit/b", "x")}),
            "75 = 30/30 25/50 20/20")
      << "15 of the first part, 25 of the second, 10 of the third";
}

TEST(Mark, OfAPartInWhichNothingPassesIsNothing) {
  EXPECT_EQ(mark_of(of_servers(), {failed("hello/a", "x"), failed("sign/a", "x"), passed("quit/a"),
                                   failed("quit/b", "x")}),
            "20 = 0/30 0/50 20/20")
      << "the mistake counts in the second part, and the first shows nothing that is right";
}

TEST(Mark, OfAPartThatIsAboutMoreIsNothingWhereTheProgramOnlyStarts) {
  const std::vector<CaseRecord> cases{passed("start/listens"), failed("hello/a", "x"),
                                      skipped("sign/a", "need", "hello/a"),
                                      skipped("quit/a", "need", "hello/a")};
  EXPECT_EQ(mark_of(of_servers(), cases), "0 = 0/30 0/50 0/20");
  EXPECT_EQ(mark_of(of_servers(), {passed("start/listens"), passed("hello/a"), passed("sign/a"),
                                   skipped("quit/a", "absent")}),
            "100 = 30/30 50/50 20/20")
      << "what it may lack is no mistake";
  Assignment assignment = of_servers();
  assignment.parts = {part("10", "start"), part("30", "hello"), part("60", "*")};
  EXPECT_EQ(mark_of(assignment, cases), "10 = 10/10 0/30 0/60") << "this part is about starting";
  assignment.reckoning = Reckoning::kCases;
  assignment.parts = {part("100", "*")};
  EXPECT_EQ(mark_of(assignment, cases), "25 = 25/100");
}

TEST(Mark, ChargesEveryMistakeWhereCasesAreCounted) {
  Assignment assignment = of_servers();
  assignment.reckoning = Reckoning::kCases;
  EXPECT_EQ(mark_of(assignment, {passed("hello/a"), failed("hello/b", "x"), failed("sign/a", "x"),
                                 passed("sign/b"), passed("quit/a"), failed("quit/b", "x")}),
            "50 = 15/30 25/50 10/20");
}

TEST(Mark, LeavesOutWhatWasNotPlayedBecauseOfAMistakeThatCounts) {
  const std::vector<CaseRecord> cases{passed("hello/a"),
                                      passed("sign/a"),
                                      failed("sign/b", "x"),
                                      skipped("sign/c", "need", "sign/b"),
                                      skipped("sign/d", "need", "sign/c"),
                                      passed("quit/a")};
  EXPECT_EQ(mark_of(of_servers(), cases), "75 = 30/30 25/50 20/20");
  Assignment by_cases = of_servers();
  by_cases.reckoning = Reckoning::kCases;
  EXPECT_EQ(mark_of(by_cases, cases), "62.5 = 30/30 12.5/50 20/20");
}

TEST(Mark, OfAProgramThatNeverListensIsNothing) {
  const std::vector<CaseRecord> cases{failed("hello/a", "x", Verdict::kHang),
                                      failed("hello/b", "x", Verdict::kHang),
                                      skipped("sign/a", "given-up"), skipped("quit/a", "given-up")};
  EXPECT_EQ(mark_of(of_servers(), cases), "0 = 0/30 0/50 0/20");
  Assignment by_cases = of_servers();
  by_cases.reckoning = Reckoning::kCases;
  EXPECT_EQ(mark_of(by_cases, cases), "0 = 0/30 0/50 0/20");
}

TEST(Mark, DoesNotCountWhatNobodyMustHave) {
  Assignment by_cases = of_servers();
  by_cases.reckoning = Reckoning::kCases;
  EXPECT_EQ(mark_of(by_cases, {passed("hello/a"), skipped("hello/b", "optional"), passed("sign/a"),
                               passed("quit/a")}),
            "100 = 30/30 50/50 20/20");
}

TEST(Mark, OfAPartThatIsAboutMoreIsNothingWhereTheProgramOnlyDeviates) {
  EXPECT_EQ(
      mark_of(of_servers(),
              {failed("hello/a", "x"), failed("sign/a", "y", Verdict::kDeviates),
               skipped("sign/b", "need", "hello/a"), failed("quit/a", "z", Verdict::kDeviates)}),
      "20 = 0/30 0/50 20/20")
      << "of the third nothing is lost but what deviates, and that is free";
}

TEST(Mark, ChargesAMistakeInThePartInWhichItsPriceIsHighest) {
  Assignment assignment = of_servers();
  assignment.parts = {part("40", "sign", "10"), part("60", "*", "5")};
  EXPECT_EQ(mark_of(assignment, {failed("sign/a", "x"), passed("sign/b"), passed("sign/c"),
                                 failed("quit/a", "x"), passed("quit/b")}),
            "90 = 30/40 60/60")
      << "a fifth of the first part's cases, and half of the second's";
  assignment.parts = {part("4", "sign", "10"), part("60", "*", "5")};
  EXPECT_EQ(mark_of(assignment, {failed("sign/a", "x"), passed("sign/b"), failed("quit/a", "x"),
                                 passed("quit/b")}),
            "59 = 4/4 55/60")
      << "the first part has no more points than it has";
}

TEST(Mark, ChargesAPriceForEachMistake) {
  Assignment assignment = of_servers();
  assignment.parts = {part("30", "hello", "10"), part("70", "*", "30")};
  EXPECT_EQ(mark_of(assignment, {failed("hello/a", "x"), failed("hello/b", "x"), passed("hello/c"),
                                 failed("hello/d", "y"), passed("sign/a")}),
            "80 = 10/30 70/70");
  EXPECT_EQ(mark_of(assignment, {passed("hello/a"), failed("sign/a", "x"), failed("sign/b", "y"),
                                 failed("sign/c", "z"), passed("sign/d")}),
            "30 = 30/30 0/70")
      << "a part has no more points than it has";
}

TEST(Mark, ChargesTheAssignmentsShareOfWhatDeviates) {
  Assignment assignment = of_servers();
  const std::vector<CaseRecord> cases{failed("hello/a", "x", Verdict::kDeviates), passed("hello/b"),
                                      passed("sign/a"), passed("quit/a")};
  EXPECT_EQ(mark_of(assignment, cases), "100 = 30/30 50/50 20/20");
  assignment.deviates_percent = 50;
  EXPECT_EQ(mark_of(assignment, cases), "92.5 = 22.5/30 50/50 20/20");
  assignment.parts[0].each = Points::parse("5");
  EXPECT_EQ(mark_of(assignment, cases), "97.5 = 27.5/30 50/50 20/20");
}

TEST(Mark, HalvesAPartOfBothRoles) {
  Assignment assignment = of_servers();
  assignment.roles = {Role::kServer, Role::kClient};
  assignment.parts = {part("40", "hello"), part("60", "sign")};
  assignment.parts[1].role = Role::kServer;
  const Played server{.cases = {passed("hello/a"), passed("sign/a")}};
  const Played client{.cases = {failed("hello/a", "x"), failed("sign/a", "x")},
                      .role = Role::kClient};
  const std::vector<SettledRun> runs{settle(server), settle(client)};
  EXPECT_EQ(points_of(mark(assignment, runs)), "80 = 20/20 60/60 0/20");
}

TEST(Mark, OfAProgramThatCouldNotBeBuiltIsNothing) {
  const Played unbuilt{.build = {.verdict = Verdict::kFail}, .is_built = true};
  const SettledRun run = settle(unbuilt);
  EXPECT_EQ(points_of(mark(of_servers(), {&run, 1})), "0 = 0/30 0/50 0/20");
}

TEST(Mark, IsNeverGivenForWhatIsNotKnown) {
  const Assignment assignment = of_servers();
  EXPECT_EQ(mark_of(assignment, {passed("hello/a"), troubled("sign/a"), passed("quit/a")}),
            "not graded: chatspec itself had trouble in 1 of the server's cases");
  EXPECT_EQ(points_of(mark(assignment, {})), "not graded: nothing of it was played");
  EXPECT_EQ(mark_of(assignment, {passed("hello/a"), passed("quit/a")}),
            "not graded: nothing of `sign` was played of the server");
  const Played played{.cases = {passed("hello/a")}};
  SettledRun cut_off = settle(played);
  cut_off.is_whole = false;
  cut_off.why_not = "the time was over";
  EXPECT_EQ(points_of(mark(assignment, {&cut_off, 1})),
            "not graded: the server was not played to the end: the time was over");
  const Played unbuilt{.build = {.verdict = Verdict::kError, .message = "no more disk"},
                       .is_built = true};
  const SettledRun run = settle(unbuilt);
  EXPECT_EQ(points_of(mark(assignment, {&run, 1})),
            "not graded: chatspec itself had trouble when it built the server: no more disk");
}

TEST(Mark, CountsWhatIsFlakyAsTheAssignmentSays) {
  Assignment assignment = of_servers();
  const Played played{
      .cases = {failed("hello/a", "x"), passed("hello/b"), passed("sign/a"), passed("quit/a")}};
  SettledRun run = settle(played);
  run.flaky = {"hello/a"};
  EXPECT_EQ(points_of(mark(assignment, {&run, 1})), "85 = 15/30 50/50 20/20");
  assignment.flaky = FlakyPolicy::kPass;
  EXPECT_EQ(points_of(mark(assignment, {&run, 1})), "100 = 30/30 50/50 20/20");
}

TEST(Mark, NamesTheDearestMistakeFirst) {
  const Played played{.cases = {passed("hello/a"), failed("hello/b", "cheap"), passed("sign/a"),
                                failed("sign/b", "dear"), passed("quit/a")}};
  const SettledRun run = settle(played);
  const Mark all = mark(of_servers(), {&run, 1});
  ASSERT_EQ(all.mistakes.size(), 2U);
  EXPECT_EQ(sentence_of(all.mistakes[0].root), "this is dear");
  EXPECT_EQ(all.mistakes[0].cost.to_string(), "25");
  EXPECT_EQ(all.mistakes[1].cost.to_string(), "15");
  EXPECT_EQ(all.parts[0].charges.front().mistake, 1U);
  EXPECT_EQ(all.parts[1].charges.front().mistake, 0U);
}

}  // namespace
}  // namespace chatspec
