#include "harness/grade/settled_run.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

CaseRecord ended(std::string id, Verdict verdict) {
  CaseRecord made;
  made.id = std::move(id);
  made.verdict = verdict;
  return made;
}

TEST(SettledRun, HasTheCasesOfEachRole) {
  const std::vector<Record> records{
      RunRecord{.role = Role::kClient, .cases = 1}, ended("c", Verdict::kPass), EndRecord(),
      RunRecord{.role = Role::kServer, .cases = 1}, ended("s", Verdict::kFail), EndRecord()};
  const auto settled = settle_runs(group_runs(records));
  ASSERT_TRUE(settled) << settled.error();
  ASSERT_EQ(settled->size(), 2U);
  EXPECT_EQ(settled->at(0).role, Role::kServer);
  EXPECT_EQ(settled->at(0).cases.front()->id, "s");
  EXPECT_EQ(settled->at(1).cases.front()->id, "c");
  EXPECT_TRUE(settled->at(0).is_whole && settled->at(1).is_whole);
}

std::string why_not(RunRecord run, std::optional<EndRecord> end) {
  std::vector<Record> records{std::move(run), ended("a", Verdict::kPass)};
  if (end) records.emplace_back(*end);
  const auto settled = settle_runs(group_runs(records));
  return settled ? settled->front().why_not : settled.error();
}

TEST(SettledRun, SaysWhyItIsNotWhole) {
  EXPECT_EQ(why_not({.cases = 1}, EndRecord()), "");
  EXPECT_EQ(why_not({.cases = 1}, std::nullopt), "its log ends before it did");
  EXPECT_EQ(why_not({.cases = 2}, EndRecord()), "its log has 1 of 2 cases");
  EXPECT_EQ(why_not({.cases = 1}, EndRecord{.interrupted = true}), "it was interrupted");
  EXPECT_EQ(why_not({.cases = 1}, EndRecord{.stopped = "time-limit"}), "the time was over");
}

TEST(SettledRun, IsNotMadeOfPartsOrOfSeveralSubmissions) {
  EXPECT_EQ(
      why_not({.cases = 1, .shard = ShardRecord{.number = 2, .count = 4}}, EndRecord()),
      "a log has a part of a run only (2 of 4); `chatspec merge` makes one log of all of them");
  const std::vector<Record> twice{RunRecord(), EndRecord(), RunRecord(), EndRecord()};
  EXPECT_EQ(settle_runs(group_runs(twice)).error(),
            "there are two runs of a server; expected one of each role, of a single submission");
  const std::vector<Record> headless{ended("a", Verdict::kPass), EndRecord()};
  EXPECT_EQ(settle_runs(group_runs(headless)).error(),
            "a log does not have the beginning of its run");
}

TEST(SettledRun, KnowsWhatFailedAtTimes) {
  CaseRecord at_times = ended("at-times", Verdict::kFail);
  at_times.attempts = {{.verdict = Verdict::kFail}, {.verdict = Verdict::kPass}};
  CaseRecord always = ended("always", Verdict::kFail);
  always.attempts = {{.verdict = Verdict::kFail}, {.verdict = Verdict::kHang}};
  const std::vector<Record> records{RunRecord{.cases = 2}, at_times, always, EndRecord()};
  EXPECT_EQ(settle_runs(group_runs(records))->front().flaky, std::set<std::string>{"at-times"});
}

TEST(SettledRun, HasTheBuildThatFailed) {
  const std::vector<Record> records{RunRecord{.cases = 9}, BuildRecord{.verdict = Verdict::kFail},
                                    EndRecord()};
  const auto settled = settle_runs(group_runs(records));
  ASSERT_TRUE(settled->front().build);
  EXPECT_EQ(settled->front().build->verdict, Verdict::kFail);
  EXPECT_TRUE(settled->front().is_whole) << "there was nothing to play";
}

}  // namespace
}  // namespace chatspec
