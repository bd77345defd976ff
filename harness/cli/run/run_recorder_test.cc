#include "harness/cli/run/run_recorder.h"

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"
#include "harness/cli/console/captured_console.h"
#include "harness/judge/judgement.h"

namespace chatspec {
namespace {

CaseRecord passed(const std::string& id) {
  return {.id = id, .verdict = Verdict::kPass};
}

CaseRecord failed(const std::string& id) {
  CaseRecord record{.id = id, .verdict = Verdict::kFail};
  record.failure.emplace();
  record.failure->code = "not-closed";
  return record;
}

CaseRecord skipped(const std::string& id, SkipKind kind, const std::string& case_id = "") {
  CaseRecord record{.id = id, .verdict = Verdict::kSkipped};
  record.skipped.emplace();
  record.skipped->kind = to_string(kind);
  record.skipped->case_id = case_id;
  return record;
}

struct Ended {
  ExitCode code;
  std::string said;
  std::string warned;
  bool interrupted = false;
};

// A run of these cases.
Ended record(const std::vector<CaseRecord>& cases, const RecorderOptions& options,
             CapturedConsole& console, bool interrupted = false) {
  Interrupt interrupt;
  RunRecorder recorder(options, std::nullopt, console, interrupt);
  RunRecord run;
  run.cases = cases.size();
  EXPECT_TRUE(recorder.begin(run));
  for (const CaseRecord& one : cases) recorder.add(one);
  recorder.end({.interrupted = interrupted});
  return {recorder.exit_code(), console.said, console.warned, interrupt.requested()};
}

Ended record(const std::vector<CaseRecord>& cases, const RecorderOptions& options = {}) {
  CapturedConsole console;
  return record(cases, options, console);
}

TEST(RunRecorder, ComesToWhatItsCasesCameTo) {
  EXPECT_EQ(record({passed("a/one")}).code, ExitCode::kGood);
  EXPECT_EQ(record({passed("a/one"), failed("a/two")}).code, ExitCode::kFailed);
  EXPECT_EQ(record({skipped("a/one", SkipKind::kNeed)}).code, ExitCode::kNothing);
  CapturedConsole console;
  EXPECT_EQ(record({passed("a/one")}, {}, console, true).code, ExitCode::kInterrupted);
}

TEST(RunRecorder, TellsOfFailuresAndOfWhatPassesOnlyWhereItIsToldTo) {
  const std::vector<CaseRecord> cases{passed("a/one"), failed("a/two")};
  const std::string brief = record(cases).said;
  EXPECT_FALSE(brief.contains("a/one")) << brief;
  EXPECT_TRUE(brief.contains("a/two")) << brief;
  EXPECT_TRUE(record(cases, {.verbose = true}).said.contains("a/one"));
  const std::string quiet = record(cases, {.quiet = true}).said;
  EXPECT_FALSE(quiet.contains("a/two")) << quiet;
  EXPECT_TRUE(quiet.contains("1 fail")) << quiet;
}

TEST(RunRecorder, WritesTheLogInPlaceOfTheReportAndItsLastLineBesideIt) {
  const Ended ended = record({passed("a/one")}, {.log = "-"});
  const auto log = parse_log(ended.said, "log");
  ASSERT_TRUE(log) << ended.said;
  EXPECT_EQ(log->records.size(), 3U);
  EXPECT_TRUE(ended.warned.contains("1 pass")) << ended.warned;
}

TEST(RunRecorder, OfARemoteServerThatHasGoneIsNotGood) {
  const Ended ended = record({passed("a/one"), skipped("a/two", SkipKind::kServerGone, "a/one"),
                              skipped("a/three", SkipKind::kServerGone, "a/one")});
  EXPECT_EQ(ended.code, ExitCode::kNothing);
  EXPECT_TRUE(ended.said.contains("accepted no connection after a/one")) << ended.said;
}

TEST(RunRecorder, SaysOnceThatTheProgramWasGivenUp) {
  const std::string said = record({failed("a/one"), skipped("a/two", SkipKind::kGivenUp)}).said;
  EXPECT_TRUE(said.contains("never listened")) << said;
}

TEST(RunRecorder, EndsARunOfWhichNobodyReadsTheReport) {
  CapturedConsole console;
  console.is_full = true;
  EXPECT_TRUE(record({passed("a/one")}, {}, console).interrupted);
  console.reader_left = true;
  const Ended left = record({passed("a/one")}, {}, console, true);
  EXPECT_TRUE(left.interrupted);
  EXPECT_EQ(left.code, ExitCode::kGood) << "what was played passed";
}

TEST(RunRecorder, RewritesOneLineOfATerminalOnly) {
  CapturedConsole console;
  console.is_terminal = true;
  record({passed("a/one"), passed("a/two")}, {}, console);
  EXPECT_TRUE(console.warned.contains("2/2  a/two")) << console.warned;
  EXPECT_TRUE(console.warned.ends_with("\x1b[K")) << "and clears it at the end";
  EXPECT_EQ(record({passed("a/one")}).warned, "");
}

TEST(RunRecorder, ThatCannotWriteItsLogSaysSoOnceAndIsTrouble) {
  CapturedConsole console;
  Interrupt interrupt;
  auto log = EventLog::create("/dev/full");
  ASSERT_TRUE(log) << log.error();
  RunRecorder recorder({.log = "/dev/full"}, *std::move(log), console, interrupt);
  EXPECT_FALSE(recorder.begin({}));
  recorder.add(passed("a/one"));
  recorder.end({});
  EXPECT_EQ(recorder.exit_code(), ExitCode::kInternal);
  EXPECT_EQ(console.warned.find("/dev/full"), console.warned.rfind("/dev/full")) << console.warned;
}

}  // namespace
}  // namespace chatspec
