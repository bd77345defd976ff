#include "harness/judge/program_judge.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Script script_with(const Expectation& expectation) {
  Script script;
  script.profile = *chat::find_profile("line");
  script.steps.push_back(
      {.action = Action::kSend, .shown = {}, .bytes = "HELLO\nQU", .cuts = {}, .alternatives = {}});
  script.steps.push_back(
      {.action = Action::kSend, .shown = {}, .bytes = "IT\n", .cuts = {}, .alternatives = {}});
  script.steps.push_back({.action = Action::kExpect,
                          .shown = "<it>",
                          .bytes = {},
                          .cuts = {},
                          .alternatives = {expectation}});
  return script;
}

// The code of what is found, or "met".
std::string judged(const Expectation& expectation, const std::vector<Event>& events) {
  const auto finding = judge_program(script_with(expectation), 2, events);
  return finding ? std::string(to_string(finding->code)) : "met";
}

Event exited(bool by_signal, int value) {
  return {.kind = EventKind::kExited, .exit = ExitStatus{.by_signal = by_signal, .value = value}};
}

TEST(ProgramJudge, AnExitIsJudgedByWhatIsWanted) {
  const std::vector<Event> zero{exited(false, 0)};
  const std::vector<Event> one{exited(false, 1)};
  const std::vector<Event> killed{exited(true, 11)};
  const std::vector<Event> none{{.kind = EventKind::kQuiet, .bytes = "blocked in accept()"}};
  struct Row {
    ExitWanted wanted;
    std::string_view zero, one, killed, none;
  };
  for (const Row& row : {
           Row{ExitWanted::kZero, "met", "wrong-exit", "killed", "not-exited"},
           Row{ExitWanted::kNonZero, "wrong-exit", "met", "killed", "not-exited"},
           Row{ExitWanted::kAny, "met", "met", "killed", "not-exited"},
           Row{ExitWanted::kZeroOrNone, "met", "wrong-exit", "killed", "met"},
           Row{ExitWanted::kAnyOrNone, "met", "met", "killed", "met"},
       }) {
    const Expectation expectation{
        .kind = ItemKind::kExit, .bytes = {}, .exit = row.wanted, .requirement = {}};
    const auto at = static_cast<int>(row.wanted);
    EXPECT_EQ(judged(expectation, zero), row.zero) << at;
    EXPECT_EQ(judged(expectation, one), row.one) << at;
    EXPECT_EQ(judged(expectation, killed), row.killed) << at;
    EXPECT_EQ(judged(expectation, none), row.none) << at;
  }
}

TEST(ProgramJudge, AnExitCanBeAskedForByItsStatus) {
  const Expectation expectation{.kind = ItemKind::kExit,
                                .bytes = {},
                                .exit = ExitWanted::kStatus,
                                .status = 3,
                                .requirement = {}};
  EXPECT_EQ(judged(expectation, {exited(false, 3)}), "met");
  EXPECT_EQ(judged(expectation, {exited(false, 1)}), "wrong-exit");
  EXPECT_EQ(judged(expectation, {exited(true, 3)}), "killed");
  EXPECT_EQ(judged(expectation, {}), "not-exited");
}

TEST(ProgramJudge, WhoStillRunsIsShownWithWhatItWaitsFor) {
  const Expectation expectation{
      .kind = ItemKind::kExit, .bytes = {}, .exit = ExitWanted::kAny, .requirement = {}};
  const auto finding = judge_program(
      script_with(expectation), 2,
      {{.kind = EventKind::kQuiet, .bytes = "blocked in accept()", .grade = QuietGrade::kProven}});
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->evidence->sentence, "blocked in accept()");
  EXPECT_EQ(finding->evidence->grade, QuietGrade::kProven);
  EXPECT_EQ(finding->expected, "<it>");
}

TEST(ProgramJudge, AComplaintIsAnythingOnStandardError) {
  const Expectation expectation{.kind = ItemKind::kComplains, .bytes = {}, .requirement = {}};
  EXPECT_EQ(judged(expectation, {{.kind = EventKind::kErrors, .bytes = "x"}}), "met");
  EXPECT_EQ(judged(expectation, {{.kind = EventKind::kErrors, .bytes = ""}}), "no-complaint");
  EXPECT_EQ(judged(expectation, {}), "no-complaint");
}

TEST(ProgramJudge, WhatCameBeforeTheCauseIsNoComplaint) {
  const Expectation expectation{.kind = ItemKind::kComplains, .bytes = {}, .requirement = {}};
  const Event greeting{.kind = EventKind::kErrorsBefore, .bytes = "ready\n"};
  EXPECT_EQ(judged(expectation, {greeting, {.kind = EventKind::kErrors, .bytes = "ready\n"}}),
            "no-complaint");
  EXPECT_EQ(judged(expectation, {greeting, {.kind = EventKind::kErrors, .bytes = "ready\nno\n"}}),
            "met");
}

TEST(ProgramJudge, LinesOfOutputAndOfComplaintsCanBeDescribed) {
  struct Row {
    ItemKind kind;
    std::string_view pattern, written, verdict;
  };
  for (const Row& row : {
           Row{ItemKind::kPrints, "*matches*", "a\nit matches.\n", "met"},
           Row{ItemKind::kPrints, "*matches", "it matches.\n", "missing-output"},
           Row{ItemKind::kPrints, "a*b", "a\nb\n", "missing-output"},
           Row{ItemKind::kComplains, "*keys.txt*", "cannot read /tmp/keys.txt: gone\n", "met"},
           Row{ItemKind::kComplains, "*keys.txt*", "cannot read it\n", "no-complaint"},
           Row{ItemKind::kComplains, "bad port", "usage\nbad port\n", "met"},
           Row{ItemKind::kComplains, "bad port", "bad port 7\n", "no-complaint"},
       }) {
    const Expectation expectation{
        .kind = row.kind, .bytes = {}, .pattern = split_at_stars(row.pattern), .requirement = {}};
    const EventKind stream =
        row.kind == ItemKind::kPrints ? EventKind::kOutput : EventKind::kErrors;
    EXPECT_EQ(judged(expectation, {{.kind = stream, .bytes = std::string(row.written)}}),
              row.verdict)
        << row.pattern << " in " << row.written;
  }
}

TEST(ProgramJudge, APrintedLineStandsAnywhereInTheOutput) {
  const Expectation expectation{.kind = ItemKind::kPrints,
                                .bytes = {},
                                .pattern = {{"signature matches"}},
                                .requirement = {}};
  struct Row {
    std::string_view output, verdict;
  };
  for (const Row& row : {
           Row{"signature matches\n", "met"},
           Row{"before\nsignature matches\r\nbehind\n", "met"},
           Row{"signature matches", "met"},
           Row{"the signature matches\n", "missing-output"},
           Row{"signature\nmatches\n", "missing-output"},
           Row{"", "missing-output"},
       }) {
    EXPECT_EQ(judged(expectation, {{.kind = EventKind::kOutput, .bytes = std::string(row.output)}}),
              row.verdict)
        << row.output;
  }
}

// However it was cut into segments.
TEST(ProgramJudge, WhatItReceivedIsPrintedUnitByUnitAndInOrder) {
  const Expectation expectation{.kind = ItemKind::kPrintsReceived, .bytes = {}, .requirement = {}};
  struct Row {
    std::string_view output, verdict;
  };
  for (const Row& row : {
           Row{"HELLO\nQUIT\n", "met"},
           Row{"> \nHELLO\nserved\nQUIT\n", "met"},
           Row{"QUIT\nHELLO\n", "missing-output"},
           Row{"HELLO\n", "missing-output"},
           Row{"HELLO\nQU\nIT\n", "missing-output"},
       }) {
    EXPECT_EQ(judged(expectation, {{.kind = EventKind::kSent, .step = 0, .bytes = "HELLO\nQU"},
                                   {.kind = EventKind::kSent, .step = 1, .bytes = "IT\n"},
                                   {.kind = EventKind::kOutput, .bytes = std::string(row.output)}}),
              row.verdict)
        << row.output;
  }
}

TEST(ProgramJudge, TheLinesOfEachConnectionArePrintedInTheirOwnOrder) {
  const Expectation expectation{.kind = ItemKind::kPrintsReceived, .bytes = {}, .requirement = {}};
  const std::vector<Event> sent{
      {.kind = EventKind::kSent, .step = 0, .connection = 1, .bytes = "HEL"},
      {.kind = EventKind::kSent, .step = 0, .connection = 2, .bytes = "QUIT\n"},
      {.kind = EventKind::kSent, .step = 1, .connection = 1, .bytes = "LO\nDATA\n"}};
  const auto verdict = [&](const char* output) {
    std::vector<Event> events = sent;
    events.push_back({.kind = EventKind::kOutput, .bytes = output});
    return judged(expectation, events);
  };
  EXPECT_EQ(verdict("QUIT\nHELLO\nDATA\n"), "met");
  EXPECT_EQ(verdict("HELLO\nDATA\nQUIT\n"), "met");
  EXPECT_EQ(verdict("DATA\nHELLO\nQUIT\n"), "missing-output");
  EXPECT_EQ(verdict("HELLO\nDATA\n"), "missing-output");
}

TEST(ProgramJudge, ALineThatIsMissingIsExplainedByWhatWasPrinted) {
  const Expectation expectation{.kind = ItemKind::kPrintsReceived, .bytes = {}, .requirement = {}};
  struct Row {
    std::string_view output, errors, received, cause;
  };
  for (const Row& row : {
           Row{"b'HELLO'\n", "", "b'HELLO'", "a line of its own"},
           Row{"QUIT\nHELLO\n", "", "", "not in the order"},
           Row{"QUIT\nHELLO\nBYE\n", "", "BYE", "not in the order"},
           Row{"", "HELLO\n", "", "on standard error instead"},
           Row{"", "", "", "is the output flushed?"},
           Row{"hello\n", "", "hello", ""},
       }) {
    const auto finding =
        judge_program(script_with(expectation), 2,
                      {{.kind = EventKind::kSent, .bytes = "HELLO\nQUIT\n"},
                       {.kind = EventKind::kOutput, .bytes = std::string(row.output)},
                       {.kind = EventKind::kErrors, .bytes = std::string(row.errors)}});
    ASSERT_TRUE(finding) << row.output;
    EXPECT_EQ(finding->received, row.received);
    EXPECT_NE(finding->cause.sentence.find(row.cause), std::string::npos)
        << finding->cause.sentence;
    EXPECT_NE(finding->cause.is_known(), row.cause.empty()) << finding->cause.sentence;
  }
}

TEST(ProgramJudge, ALineThatIsDueTwiceIsNotInAnotherOrderWhereItWasPrintedOnce) {
  const Expectation expectation{.kind = ItemKind::kPrintsReceived, .bytes = {}, .requirement = {}};
  const auto cause_of = [&](std::string output) {
    const auto finding =
        judge_program(script_with(expectation), 2,
                      {{.kind = EventKind::kSent, .bytes = "260 OK\n270 SIG\n260 OK\n"},
                       {.kind = EventKind::kOutput, .bytes = std::move(output)}});
    return finding ? finding->cause.id : "nothing is missing";
  };
  EXPECT_EQ(cause_of("260 OK\n270 SIG\n"), "");
  EXPECT_EQ(cause_of("260 OK\n260 OK\n270 SIG\n"), "printed-in-another-order");
}

TEST(ProgramJudge, ATextCountsAsPrintedEscapedOrNot) {
  const Expectation expectation{.kind = ItemKind::kPrintsReceived, .bytes = {}, .requirement = {}};
  const Event sent{.kind = EventKind::kSent, .bytes = "one\\.two\n"};
  for (const char* output : {"one\\.two\n", "one.two\n"})
    EXPECT_EQ(judged(expectation, {sent, {.kind = EventKind::kOutput, .bytes = output}}), "met");
  EXPECT_EQ(judged(expectation, {sent, {.kind = EventKind::kOutput, .bytes = "onetwo\n"}}),
            "missing-output");
}

}  // namespace
}  // namespace chatspec
