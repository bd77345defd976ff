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

// Of a run that was played beside others, and what was played again of it.
std::vector<Record> played_twice(std::vector<CaseRecord> first, std::vector<CaseRecord> again) {
  std::vector<Record> records{
      RunRecord{.run_id = "1", .name = "ann", .seed = 7, .cases = first.size()}};
  records.insert(records.end(), first.begin(), first.end());
  records.emplace_back(EndRecord());
  records.emplace_back(RunRecord{.run_id = "2", .name = "ann", .seed = 7, .cases = again.size()});
  records.insert(records.end(), again.begin(), again.end());
  records.emplace_back(EndRecord());
  return records;
}

CaseRecord silent(std::string id, QuietGrade grade) {
  CaseRecord made = ended(std::move(id), Verdict::kHang);
  made.failure = FindingRecord{.code = "no-answer"};
  made.failure->evidence = EvidenceRecord{.grade = grade};
  return made;
}

CaseRecord kept_back(std::string id, std::string needed) {
  CaseRecord made = ended(std::move(id), Verdict::kSkipped);
  made.skipped = SkipRecord{.kind = "needs", .case_id = std::move(needed)};
  return made;
}

TEST(SettledRun, HasWhatCameOutWhenItWasPlayedAgain) {
  const std::vector<Record> records =
      played_twice({silent("late", QuietGrade::kDeadline), silent("never", QuietGrade::kDeadline),
                    ended("wrong", Verdict::kFail), kept_back("behind", "late")},
                   {ended("late", Verdict::kPass), silent("never", QuietGrade::kProven),
                    ended("behind", Verdict::kFail)});
  const auto settled = settle_runs(group_runs(records));
  ASSERT_TRUE(settled) << settled.error();
  ASSERT_EQ(settled->size(), 1U);
  std::string verdicts;
  for (const CaseRecord* played : settled->front().cases)
    verdicts += played->id + "=" + std::string(to_string(played->verdict)) + " ";
  EXPECT_EQ(verdicts, "late=pass never=hang wrong=fail behind=fail ");
  EXPECT_EQ(settled->front().flaky, std::set<std::string>{"late"});
  EXPECT_TRUE(settled->front().is_whole);
}

TEST(SettledRun, KnowsWhichWasPlayedAgainByItsTime) {
  const std::vector<Record> records{
      RunRecord{.run_id = "2", .start = "2026-01-01T00:00:09Z", .name = "ann", .cases = 1},
      ended("a", Verdict::kPass),
      EndRecord(),
      RunRecord{.run_id = "1", .start = "2026-01-01T00:00:00Z", .name = "ann", .cases = 1},
      silent("a", QuietGrade::kDeadline),
      EndRecord()};
  EXPECT_EQ(settle_runs(group_runs(records))->front().flaky, std::set<std::string>{"a"});
}

TEST(SettledRun, IsNotKnownWhereItWasNotPlayedAgainToTheEnd) {
  std::vector<Record> records =
      played_twice({silent("late", QuietGrade::kDeadline)}, {ended("late", Verdict::kPass)});
  records.pop_back();
  EXPECT_EQ(settle_runs(group_runs(records))->front().why_not,
            "what had failed by a deadline was not played again to the end: its log ends before "
            "it did");
}

TEST(SettledRun, IsTheLaterWhereTheFirstCameToNothing) {
  std::vector<Record> records = played_twice({}, {ended("a", Verdict::kPass)});
  records.insert(records.begin() + 1, BuildRecord{.verdict = Verdict::kFail});
  const auto settled = settle_runs(group_runs(records));
  EXPECT_FALSE(settled->front().build);
  EXPECT_EQ(settled->front().cases.size(), 1U);
}

std::string replay_of(const std::vector<Record>& records) {
  const auto replay = find_replay(group_runs(records).front());
  if (!replay) return "nothing";
  std::string ids = replay->is_of_all ? "all " : "";
  for (const std::string& id : replay->ids) ids += id + " ";
  return ids;
}

TEST(Replay, IsOfWhatRestsOnADeadline) {
  const auto run_of = [](std::vector<CaseRecord> cases, EndRecord end = {}) {
    std::vector<Record> records{RunRecord{.cases = cases.size()}};
    records.insert(records.end(), cases.begin(), cases.end());
    records.emplace_back(end);
    return replay_of(records);
  };
  EXPECT_EQ(run_of({ended("a", Verdict::kFail), silent("b", QuietGrade::kProven),
                    silent("c", QuietGrade::kSettled), kept_back("d", "b")}),
            "nothing");
  EXPECT_EQ(run_of({silent("a", QuietGrade::kDeadline), kept_back("b", "a"), kept_back("c", "b"),
                    kept_back("d", "x"), silent("e", QuietGrade::kBusy),
                    silent("f", QuietGrade::kUnknown), ended("g", Verdict::kError)}),
            "a b c e f g ");
  CaseRecord given_up = ended("z", Verdict::kSkipped);
  given_up.skipped = SkipRecord{.kind = "given-up"};
  EXPECT_EQ(run_of({silent("a", QuietGrade::kDeadline), given_up}, {.given_up = "listened"}),
            "a z ");
  EXPECT_EQ(run_of({ended("a", Verdict::kPass)}, {.stopped = "time-limit"}), "all ");
  EXPECT_EQ(run_of({silent("a", QuietGrade::kDeadline)}, {.interrupted = true}), "all ");
}

TEST(Replay, IsOfABuildThatTheMachineMayHaveFailed) {
  const auto replay_of_build = [](const BuildRecord& build, EndRecord end = {}) {
    return replay_of({RunRecord{.cases = 9}, build, end});
  };
  EXPECT_EQ(replay_of_build({.verdict = Verdict::kFail}), "nothing") << "as a compiler's error is";
  EXPECT_EQ(replay_of_build({.verdict = Verdict::kFail, .timed_out = true}), "all ");
  EXPECT_EQ(replay_of_build({.verdict = Verdict::kError}), "all ");
  EXPECT_EQ(replay_of_build({.verdict = Verdict::kSkipped}, {.interrupted = true}), "all ");
}

}  // namespace
}  // namespace chatspec
