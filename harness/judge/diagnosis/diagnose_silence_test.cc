// What is told of a program that does nothing more.

#include "harness/judge/diagnosis/diagnose_silence.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/judge/tests/script_of.h"

namespace chatspec {
namespace {

Event sent_bytes(std::string bytes, int connection = 1) {
  return {.kind = EventKind::kSent, .connection = connection, .bytes = std::move(bytes)};
}

Event quiet_after(std::uint64_t read, std::uint64_t unread) {
  return {
      .kind = EventKind::kQuiet,
      .connection = 1,
      .grade = QuietGrade::kProven,
      .last_seen = {.activity = Activity::kWaiting, .bytes_read = read, .bytes_unread = unread}};
}

std::string unread(std::uint64_t read, std::uint64_t left) {
  const std::vector<Event> events{sent_bytes("HELLO\n"), sent_bytes("other\n", 2),
                                  sent_bytes("DATA\n"), sent_bytes("hello\n.\n"),
                                  quiet_after(read, left)};
  return describe_unread(events.back(), events);
}

TEST(Silence, TellsWhatWasReadAndWhatWasNot) {
  EXPECT_EQ(unread(11, 8), R"(it has read up to "DATA" and not what follows: "hello\n.\n")");
  EXPECT_EQ(unread(8, 11), R"(it has read up to "DA" and not what follows: "TA\nhello\n.\n")");
  EXPECT_EQ(unread(0, 19), R"(it has read nothing of "HELLO\nDATA\nhello\n.\n")");
  EXPECT_EQ(unread(19, 0), "") << "it has read everything";
  EXPECT_EQ(unread(1, 7), "") << "of another number of bytes";
}

struct SilenceRow {
  std::string transcript;
  FailureCode code;
  QuietGrade grade;
  Activity activity;
  bool we_closed;
  std::string_view cause;
};

TEST(Silence, SuggestsWhatWasSeen) {
  const std::string hello = "C: HELLO\nS: 260 OK\n";
  const std::string text = hello + "C: DATA\nC: <message 1>\nC: .\nS: 270 SIG\n";
  const std::string quit = hello + "C: QUIT\nS: <close>\n";
  const std::string left = hello + "C: <half-close>\nS: <close>\n";
  using enum Activity;
  using enum FailureCode;
  for (const SilenceRow& row : {
           SilenceRow{left, kNotClosed, QuietGrade::kBusy, kRunning, true, "goes-on-at-the-end"},
           SilenceRow{quit, kNotClosed, QuietGrade::kBusy, kRunning, false, ""},
           SilenceRow{left, kNotClosed, QuietGrade::kDeadline, kRunning, true, ""},
           SilenceRow{text, kNoAnswer, QuietGrade::kProven, kReading, false,
                      "terminator-not-found"},
           SilenceRow{text, kNoAnswer, QuietGrade::kProven, kSleeping, false, ""},
           SilenceRow{text, kNoAnswer, QuietGrade::kDeadline, kReading, false, ""},
           SilenceRow{hello, kNoAnswer, QuietGrade::kProven, kReading, false, ""},
           SilenceRow{quit, kNotClosed, QuietGrade::kSettled, kReading, false, "reads-on"},
           SilenceRow{quit, kNotClosed, QuietGrade::kProven, kAccepting, false,
                      "next-client-awaited"},
           SilenceRow{quit, kNotClosed, QuietGrade::kUnknown, kAccepting, false, ""},
           SilenceRow{quit, kNotClosed, QuietGrade::kProven, kWaiting, false, ""},
       }) {
    const Script script = script_of(Role::kServer, "message   hello\n\n" + row.transcript);
    Finding finding{.code = row.code, .step = last_expectation(script)};
    finding.evidence =
        Evidence{.grade = row.grade,
                 .last_seen = {.activity = row.activity, .bytes_read = 6, .bytes_unread = 0},
                 .connection = 1};
    std::vector<Event> events;
    if (row.we_closed) events.push_back({.kind = EventKind::kHalfClosed, .connection = 1});
    EXPECT_EQ(suggest_for_silence(finding, script, events).id, row.cause)
        << row.transcript << to_string(row.grade) << " " << to_string(row.activity);
  }
  EXPECT_FALSE(suggest_for_silence({.code = kNotClosed}, Script{}, {}).is_known());
}

TEST(Silence, AfterAComplaintIsNoSignThatAUnitWasTaken) {
  const Script script = script_of(Role::kServer, "\nC: HELLO\nS: 260 OK\nC: data\nS: <close>\n");
  Finding finding{.code = FailureCode::kNotClosed, .step = last_expectation(script)};
  finding.evidence = Evidence{.grade = QuietGrade::kProven,
                              .last_seen = {.activity = Activity::kReading, .bytes_unread = 0},
                              .connection = 1};
  EXPECT_EQ(suggest_for_silence(finding, script, {}).id, "taken-for-another");
  Event complaint{.kind = EventKind::kErrors, .bytes = "expected DATA"};
  EXPECT_EQ(suggest_for_silence(finding, script, {complaint}).sentence,
            "it has read `data` and waits for more from this connection: does it go on reading "
            "where it should close?");
  complaint.evidence = 0;
  EXPECT_EQ(suggest_for_silence(finding, script, {complaint}).id, "taken-for-another")
      << "it complained of our leaving";
}

}  // namespace
}  // namespace chatspec
