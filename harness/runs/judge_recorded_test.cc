// The logs in recorded/, judged again: a change of the judge or of a matcher that moves a verdict
// shows here. ci/record-logs makes them.

#include "harness/runs/judge_recorded.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/report/log/event_log.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAreArray;

struct RecordedLog {
  std::string name;
  std::string text;
  std::vector<Record> records;
};

RecordedLog load_log(const fs::path& path) {
  RecordedLog log{.name = path.stem(), .text = chat::content_of(path), .records{}};
  auto parsed = parse_log(log.text, path.string());
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error());
  if (parsed) log.records = std::move(parsed->records);
  return log;
}

const std::vector<RecordedLog>& recorded_logs() {
  static const std::vector<RecordedLog> logs = [] {
    std::vector<RecordedLog> all;
    for (const auto& entry : fs::directory_iterator(CHATSPEC_SOURCE_DIR "/harness/runs/recorded")) {
      if (entry.path().extension() == ".jsonl") all.push_back(load_log(entry.path()));
    }
    return all;
  }();
  return logs;
}

const CasesById& own_cases() {
  static const Suite suite = load_suite({CHATSPEC_SOURCE_DIR "/scenarios"});
  static const std::vector<Case> cases = list_cases(suite);
  static const CasesById index = index_cases(cases);
  return index;
}

struct JudgedCase {
  const RecordedLog* log = nullptr;
  const RunRecord* run = nullptr;
  JudgedAgain again{};
};

std::vector<JudgedCase> judge_all(const JudgeFunction& judge_case = judge) {
  std::vector<JudgedCase> all;
  for (const RecordedLog& log : recorded_logs()) {
    for (const RunOfLog& run : group_runs(log.records)) {
      for (const JudgedAgain& one : judge_run(run, own_cases(), judge_case))
        all.push_back({.log = &log, .run = run.run, .again = one});
    }
  }
  return all;
}

TEST(RecordedLogs, AreJudgedAsTheyWere) {
  for (const JudgedCase& one : judge_all()) {
    if (one.again.differs())
      ADD_FAILURE() << one.log->name << ", " << one.run->name << ": "
                    << describe_difference(one.again);
  }
}

// Of those that can be judged; a scenario that is changed takes its cases from them.
TEST(RecordedLogs, HaveSomethingOfEveryKind) {
  std::set<std::string> grades, verdicts, codes, causes, skips, deliveries, profiles;
  std::size_t cuts = 0;
  for (const auto& [log, run, again] : judge_all()) {
    if (!again.now) continue;
    const CaseRecord& record = *again.record;
    verdicts.emplace(to_string(record.verdict));
    skips.insert(again.now->skipped);
    codes.insert(again.now->codes.begin(), again.now->codes.end());
    causes.insert(again.now->causes.begin(), again.now->causes.end());
    deliveries.insert(run->delivery);
    profiles.insert(run->profile.name);
    for (const EventRecord& event : record.events) {
      if (event.evidence) grades.emplace(to_string(event.evidence->grade));
    }
    cuts += record.delivery && record.delivery->step;
  }
  std::vector<std::string> every_verdict;
  for (const VerdictWord& word : kVerdicts) every_verdict.emplace_back(word.word);
  EXPECT_THAT(verdicts, UnorderedElementsAreArray(every_verdict));
  std::vector<std::string> every_grade;
  for (int grade = 0; grade <= static_cast<int>(QuietGrade::kUnknown); ++grade)
    every_grade.emplace_back(to_string(static_cast<QuietGrade>(grade)));
  EXPECT_THAT(grades, UnorderedElementsAreArray(every_grade)) << "run ci/record-logs";
  EXPECT_THAT(skips, IsSupersetOf({"optional", "served-one", "server-gone"}));
  EXPECT_THAT(deliveries, IsSupersetOf({"units", "joined", "bytes", "cuts"}));
  EXPECT_THAT(profiles, IsSupersetOf({"line", "crlf", "bare"}));
  EXPECT_GE(cuts, 2U);
  EXPECT_GE(codes.size(), 20U);
  EXPECT_GE(causes.size(), 8U);
}

TEST(RecordedLogs, TellNothingOfTheMachineOnWhichTheyWereMade) {
  for (const RecordedLog& log : recorded_logs()) {
    for (const char* told : {"/home/", "/root/", "/tmp/", "/work/", "\"machine\""})
      EXPECT_FALSE(log.text.contains(told)) << log.name << " has " << told;
  }
}

// --- Another judge

Transcript with_each_event(const Transcript& transcript, void (*change)(Event&)) {
  Transcript changed;
  for (Event event : transcript.events()) {
    change(event);
    changed.append(std::move(event));
  }
  return changed;
}

Judgement overlook_deaths_of_children(const Script& script, chat::Level level,
                                      const Transcript& transcript, const Circumstances& how) {
  Transcript without;
  for (const Event& event : transcript.events()) {
    if (event.kind != EventKind::kDied) without.append(event);
  }
  return judge(script, level, without, how);
}

Judgement believe_nothing_of_processor_time(const Script& script, chat::Level level,
                                            const Transcript& transcript,
                                            const Circumstances& how) {
  const auto doubt = [](Event& event) {
    if (event.grade == QuietGrade::kBusy) event.grade = QuietGrade::kUnknown;
  };
  return judge(script, level, with_each_event(transcript, doubt), how);
}

Judgement demand_what_is_optional(const Script& script, chat::Level level,
                                  const Transcript& transcript, const Circumstances& how) {
  return judge(script, level == chat::Level::kMay ? chat::Level::kMust : level, transcript, how);
}

Judgement name_no_key(const Script& script, chat::Level level, const Transcript& transcript,
                      const Circumstances& how) {
  Judgement judgement = judge(script, level, transcript, how);
  if (judgement.failure && judgement.failure->cause.id == "first-key-again")
    judgement.failure->cause = {};
  return judgement;
}

struct OtherJudge {
  const char* name;
  JudgeFunction judge_case;
  std::vector<std::string> differences;  // with the name of the run in front
};

const std::vector<OtherJudge>& other_judges() {
  static const std::vector<OtherJudge> all{
      {"deaths of children",
       overlook_deaths_of_children,
       {"loses-a-child data/one-message: recorded as crash child-killed, judged now as hang "
        "no-answer (terminator-not-found)"}},
      {"processor time",
       believe_nothing_of_processor_time,
       {"spins data/one-message: recorded as hang no-answer, judged now as error",
        "end-not-noticed end/after-hello: recorded as hang not-closed (goes-on-at-the-end), judged "
        "now as error"}},
      {"what is optional",
       demand_what_is_optional,
       {"signature-with-cr files/length-without-line-end: recorded as skipped (optional), judged "
        "now as fail exited-early",
        "signature-with-cr files/last-line-empty-no-line-end: recorded as skipped (optional), "
        "judged now as fail exited-early"}},
      {"causes",
       name_no_key,
       {"first-key-always signature/second-key: recorded as fail wrong-signature "
        "(first-key-again), judged now as fail wrong-signature"}},
  };
  return all;
}

TEST(AnotherJudge, IsNamedInJustTheCasesThatItSeesOtherwise) {
  for (const OtherJudge& other : other_judges()) {
    std::vector<std::string> differences;
    for (const JudgedCase& one : judge_all(other.judge_case)) {
      if (one.again.differs())
        differences.push_back(one.run->name + " " + describe_difference(one.again));
    }
    EXPECT_THAT(differences, UnorderedElementsAreArray(other.differences)) << other.name;
  }
}

// --- What cannot be judged again

// The first case of a log that has what happened, and its run.
std::pair<RunRecord, CaseRecord> first_played(const std::string& name) {
  for (const RecordedLog& log : recorded_logs()) {
    if (log.name != name) continue;
    for (const RunOfLog& run : group_runs(log.records)) {
      const auto played = std::ranges::find_if(
          run.cases, [](const CaseRecord* record) { return !record->events.empty(); });
      if (run.run && played != run.cases.end()) return {*run.run, **played};
    }
  }
  ADD_FAILURE() << "no log is called " << name;
  return {};
}

TEST(JudgeRecorded, SaysWhyACaseCannotBeJudged) {
  struct Change {
    NotJudged reason;
    void (*make)(RunRecord& run, CaseRecord& record);
  };
  for (const auto& [reason, make] : {
           Change{NotJudged::kNotPlayed,
                  [](RunRecord&, CaseRecord& record) {
                    record.events.clear();
                    record.verdict = Verdict::kSkipped;
                  }},
           Change{NotJudged::kNotLogged,
                  [](RunRecord&, CaseRecord& record) {
                    record.events.clear();
                    record.verdict = Verdict::kPass;
                  }},
           Change{NotJudged::kUnknownCase,
                  [](RunRecord&, CaseRecord& record) { record.id = "no/such"; }},
           Change{NotJudged::kChanged, [](RunRecord&, CaseRecord& record) { record.source = "0"; }},
           Change{NotJudged::kUnknownProfile,
                  [](RunRecord& run, CaseRecord&) {
                    run.profile.settings["no-such"] = log_bytes("x");
                  }},
           Change{NotJudged::kNotForIt,
                  [](RunRecord& run, CaseRecord&) { run.role = other(run.role); }},
           Change{NotJudged::kImpossibleCut,
                  [](RunRecord& run, CaseRecord&) { run.delivery = "no-such"; }},
           Change{NotJudged::kImpossibleCut,
                  [](RunRecord&, CaseRecord& record) {
                    record.delivery = DeliveryRecord{.step = 0, .place = 1};  // of units
                  }},
           Change{NotJudged::kImpossibleCut,
                  [](RunRecord& run, CaseRecord& record) {
                    run.delivery = "cuts";
                    record.delivery = DeliveryRecord{.step = 0, .place = 1U << 30U};
                  }},
           Change{NotJudged::kImpossibleCut,
                  [](RunRecord& run, CaseRecord& record) {
                    run.delivery = "cuts";
                    record.delivery = DeliveryRecord{.step = 1U << 30U, .place = 1};
                  }},
           Change{NotJudged::kBytesLeftOut,
                  [](RunRecord&, CaseRecord& record) {
                    record.output.bytes.omitted = OmittedBytes{.count = 1};
                  }},
           Change{NotJudged::kBytesLeftOut,
                  [](RunRecord&, CaseRecord& record) {
                    record.events.push_back({.kind = EventKind::kReceived});
                    record.events.back().bytes.omitted = OmittedBytes{.count = 1};
                  }},
       }) {
    auto [run, record] = first_played("reference-server");
    make(run, record);
    const auto outcome = judge_recorded(run, record, own_cases());
    ASSERT_FALSE(outcome) << describe(reason).clause;
    EXPECT_EQ(outcome.error(), reason) << describe(outcome.error()).clause;
  }
}

TEST(JudgeRecorded, NeedsTheKeysOfAServerThatRunsAlready) {
  std::size_t without_keys = 0;
  for (const RecordedLog& log : recorded_logs()) {
    if (log.name != "remote") continue;
    for (const RunOfLog& run : group_runs(log.records)) {
      ASSERT_TRUE(run.run && run.run->keys);
      RunRecord other = *run.run;
      other.keys->front().begin = "another key";
      for (const CaseRecord* record : run.cases) {
        const auto now = judge_recorded(other, *record, own_cases());
        without_keys += now && *now != outcome_of(*record);
      }
    }
  }
  EXPECT_GE(without_keys, 2U) << "of cases in which something is signed";
}

}  // namespace
}  // namespace chatspec
