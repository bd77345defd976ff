// What of a record is shown where it matters.

#include "harness/report/case_report.h"

#include <gtest/gtest.h>

#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

CaseRecord case_of(std::string code, std::vector<std::string> requirements = {"SIG-1"}) {
  CaseRecord record{
      .id = "a/b", .requirements = std::move(requirements), .verdict = Verdict::kFail};
  record.failure = FindingRecord{.code = std::move(code)};
  return record;
}

std::string shown(const CaseRecord& record) {
  return render_finding(full_run(), record, &*record.failure, Style(false));
}

EventRecord sent_event(std::string_view bytes) {
  return {.kind = EventKind::kSent, .connection = 1, .bytes = log_bytes(bytes)};
}

TEST(CaseReport, ShowsStandardOutputWhereTheProgramGaveUpAndSaysNothingElsewhere) {
  CaseRecord record = case_of("closed-early");
  record.events.push_back(sent_event("HELLO\n"));
  record.output.bytes = log_bytes("client: HELLO\nerror: HELLO expected\n");
  EXPECT_TRUE(shown(record).contains(
      "    on its standard output, beside what it received:\n      error: HELLO expected\n"))
      << shown(record);
  EXPECT_FALSE(shown(record).contains("client: HELLO"));
  CaseRecord speaks = record;
  speaks.errors.bytes = log_bytes("no HELLO\n");
  EXPECT_FALSE(shown(speaks).contains("standard output")) << "standard error says it";
  CaseRecord silent = record;
  silent.failure->code = "no-answer";
  EXPECT_FALSE(shown(silent).contains("standard output")) << "it may come of our closing";
  CaseRecord echoes = record;
  echoes.output.bytes = log_bytes("HELLO\n");
  EXPECT_FALSE(shown(echoes).contains("standard output")) << "that is due";
}

TEST(CaseReport, ShowsFilesWhereTheyAreTheMatter) {
  CaseRecord record = case_of("wrong-command", {"FILE-3"});
  record.files = {.messages = log_bytes("3\nhi"), .signatures = log_bytes(std::string(64, 'a'))};
  EXPECT_TRUE(shown(record).contains("    messages   \"3\\n\"\n               \"hi\"\n"))
      << shown(record);
  EXPECT_TRUE(shown(record).contains("    signatures \"aaaa"));
  CaseRecord other = record;
  other.requirements = {"DATA-1"};
  EXPECT_FALSE(shown(other).contains("messages   "));
  other.failure->code = "exited-early";
  EXPECT_TRUE(shown(other).contains("messages   "));
  other.failure = FindingRecord{.code = "wrong-command"};
  other.failure->cause = CauseRecord{.id = "message-left-out"};
  EXPECT_TRUE(shown(other).contains("messages   "));
}

// Its command line has the file already.
TEST(CaseReport, ShowsAFileOnce) {
  CaseRecord record = case_of("wrong-signature", {"FILE-5"});
  record.files = {.keys = log_bytes("k1\n")};
  record.events.push_back(sent_event("HELLO\n"));
  const std::string text = render_finding({.role = Role::kServer, .profile = {.name = "line"}},
                                          record, &*record.failure, Style(false));
  EXPECT_TRUE(text.contains(">keys.txt")) << text;
  EXPECT_FALSE(text.contains("    keys  ")) << text;
}

// What is kept is the beginning alone, and says nothing of how long the rest is.
TEST(CaseReport, ClaimsNoLengthThatIsNotKnown) {
  CaseRecord record = case_of("wrong-reply");
  record.failure->received = log_bytes(std::string(399, 'x'));
  EXPECT_TRUE(shown(record).contains("(399 bytes)")) << shown(record);
  record.failure->received = log_bytes(std::string(400, 'x'));
  EXPECT_TRUE(shown(record).contains("(400 bytes or more)")) << shown(record);
  const std::string all = render_case(full_run(), record, Style(false));
  EXPECT_TRUE(all.contains("(400 bytes or more)")) << all;
}

// The exchange goes on with what was expected and came.
TEST(CaseReport, ShowsWhatCameOnceWhereItIsBrief) {
  CaseRecord record = case_of("wrong-reply");
  record.description = "Why it is asked.";
  record.events = {
      sent_event("HELLO\n"),
      {.kind = EventKind::kReceived, .connection = 1, .bytes = log_bytes("260 Okay\n")}};
  record.failure->received = log_bytes("260 Okay\n");
  EXPECT_FALSE(shown(record).contains("C:  \"260 Okay")) << shown(record);
  EXPECT_TRUE(shown(record).contains("received   \"260 Okay"));
  EXPECT_TRUE(shown(record).contains("Why it is asked."));
  record.failure->cause = CauseRecord{.id = "other-reply-text", .sentence = "the text is wrong"};
  EXPECT_FALSE(shown(record).contains("Why it is asked.")) << "the cause answers that";
  const std::string all = render_case(full_run(), record, Style(false));
  EXPECT_TRUE(all.contains("C:  \"260 Okay")) << all;
  EXPECT_TRUE(all.contains("Why it is asked."));
}

TEST(CaseReport, ShowsOfAStackTraceTheProgramsOwnFrames) {
  CaseRecord record = case_of("uncaught-exception");
  record.verdict = Verdict::kCrash;
  record.errors.bytes = log_bytes(
      "Exception in thread \"main\" java.lang.Error\n\tat java.base/a.A(A.java:1)\n"
      "\tat Server.main(Server.java:5)\n");
  EXPECT_TRUE(shown(record).contains("[1 frame is left out]")) << shown(record);
  EXPECT_FALSE(shown(record).contains("A.java"));
  EXPECT_TRUE(render_case(full_run(), record, Style(false)).contains("A.java"));
}

TEST(CaseReport, TellsOfTheLogThatTheRunHas) {
  CaseRecord record = case_of("closed-early");
  record.events = {sent_event("HELLO\n"), {.kind = EventKind::kSent, .connection = 2}};
  const auto shown_with = [&](std::string_view log) {
    return render_finding({}, record, &*record.failure, Style(false), log);
  };
  EXPECT_TRUE(shown_with("out.jsonl").contains("chatspec reproduce out.jsonl a/b --out DIR\n"));
  EXPECT_FALSE(shown_with("").contains("chatspec reproduce")) << "there is none";
}

}  // namespace
}  // namespace chatspec
