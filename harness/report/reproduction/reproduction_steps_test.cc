#include "harness/report/reproduction/reproduction_steps.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::string_view kActionNames[] = {"connect", "send",    "await", "expect", "nothing",
                                             "close?",  "end",     "close", "reset",  "restart",
                                             "refusal", "no kill", "look"};

std::string dump_steps(const std::vector<PlayStep>& steps) {
  std::string text;
  for (const PlayStep& step : steps) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ",
                        kActionNames[static_cast<std::size_t>(step.action)]);
    if (step.connection > 1) text += std::to_string(step.connection);
    for (const std::string& bytes : step.bytes) text += " " + chat::quote(bytes);
    if (step.may_reset) text += " or reset";
  }
  return text;
}

// In the profile `line`.
std::string steps_of(const CaseRecord& record, Role role = Role::kServer) {
  RunRecord run{.role = role, .profile = {.name = "line"}};
  run.profile.settings["line-end"] = log_bytes("lf");
  const auto steps = list_play_steps(run, record);
  return steps ? dump_steps(*steps) : "error: " + steps.error();
}

EventRecord step_event(EventKind kind, std::uint64_t step = 0, std::string_view bytes = "",
                       std::uint64_t connection = 1) {
  return {.kind = kind, .step = step, .connection = connection, .bytes = log_bytes(bytes)};
}

FindingRecord finding_of(std::string code, std::uint64_t step, std::string_view received,
                         std::optional<std::string_view> due = {}, std::string expected = "") {
  FindingRecord finding{.code = std::move(code), .step = step, .expected = std::move(expected)};
  finding.received = log_bytes(received);
  if (due) finding.due = log_bytes(*due);
  return finding;
}

using Events = std::vector<EventRecord>;
const EventRecord kConnect = step_event(EventKind::kConnected);

TEST(ReproductionSteps, TakeWhatCameForWhatIsDueWhereNothingWasWrong) {
  EXPECT_EQ(
      steps_of(
          {.events = {kConnect, step_event(EventKind::kSent, 0, "HEL"),
                      step_event(EventKind::kTaken, 0), step_event(EventKind::kSent, 0, "LO\n"),
                      step_event(EventKind::kReceived, 1, "26"),
                      step_event(EventKind::kReceived, 1, "0 OK\n"),
                      step_event(EventKind::kHalfClosed, 2), step_event(EventKind::kReset, 3)}}),
      R"(connect, send "HEL", await, send "LO\n", expect "260 OK\n", end, close? or reset)");
}

TEST(ReproductionSteps, PutWhatIsDueInPlaceOfWhatWasWrongAndEndThere) {
  const Events events{kConnect, step_event(EventKind::kSent, 0, "x\n.\n"),
                      step_event(EventKind::kReceived, 1, "270 SIG\nbad\nmore\n"),
                      step_event(EventKind::kEndOfStream, 2)};
  EXPECT_EQ(
      steps_of({.failure = finding_of("wrong-signature", 2, "bad\n", "good\n"), .events = events}),
      R"(connect, send "x\n.\n", expect "270 SIG\n", expect "good\n")");
  EXPECT_EQ(steps_of({.failure = finding_of("no-answer", 1, "", "260 OK\n"),
                      .events = {kConnect, step_event(EventKind::kSent, 0, "HELLO\n"),
                                 step_event(EventKind::kQuiet, 1)}}),
            R"(connect, send "HELLO\n", expect "260 OK\n")");
  EXPECT_EQ(steps_of({.failure = finding_of("not-closed", 1, ""),
                      .events = {kConnect, step_event(EventKind::kSent, 0, "helo\n"),
                                 step_event(EventKind::kQuiet, 1)}}),
            R"(connect, send "helo\n", close?)");
}

TEST(ReproductionSteps, TakeWhatIsDueInEachPlaceThatMayBeMeant) {
  EXPECT_EQ(steps_of({.failure = finding_of("wrong-text", 1, "a\n", "b\n"),
                      .events = {kConnect, step_event(EventKind::kReceived, 1, "a\naa\na\n")}},
                     Role::kClient),
            R"(connect, expect "b\n" "a\naa\nb\n")")
      << "the `a` that follows another is no beginning of a line";
}

TEST(ReproductionSteps, CorrectWhatOnlyDeviatesAndGoOn) {
  const Events events{kConnect, step_event(EventKind::kReceived, 1, "AB\n"),
                      step_event(EventKind::kSent, 2, "PASS\n"), step_event(EventKind::kReset, 3)};
  EXPECT_EQ(steps_of({.deviations = {finding_of("upper-case", 1, "AB\n", "ab\n"),
                                     finding_of("reset-at-end", 3, "", {}, "<close>")},
                      .events = events}),
            R"(connect, expect "ab\n", send "PASS\n", close?)");
}

TEST(ReproductionSteps, ExpectSilenceWhereSomethingCameTooMuch) {
  const Events early{kConnect, step_event(EventKind::kSent, 0, "DATA\n"),
                     step_event(EventKind::kReceived, 1, "270 SIG\n"),
                     step_event(EventKind::kSent, 1, "text\n.\n")};
  EXPECT_EQ(steps_of({.failure = finding_of("early-answer", 2, "270 SIG\n"), .events = early}),
            R"(connect, send "DATA\n", nothing)");
  const Events closing{kConnect, step_event(EventKind::kHalfClosed, 0),
                       step_event(EventKind::kReceived, 1, "FAIL\n"),
                       step_event(EventKind::kEndOfStream, 1)};
  EXPECT_EQ(steps_of({.failure = finding_of("unexpected-data", 1, "FAIL\n", {}, "<close>"),
                      .events = closing}),
            "connect, end, close?");
}

TEST(ReproductionSteps, TellConnectionsApart) {
  EXPECT_EQ(steps_of({.failure = finding_of("wrong-reply", 3, "no\n", "260 OK\n"),
                      .events = {kConnect, step_event(EventKind::kReceived, 0, "no\n"),
                                 step_event(EventKind::kConnected, 2, "", 2),
                                 step_event(EventKind::kReceived, 3, "no\n", 2)}}),
            R"(connect, expect "no\n", connect2, expect2 "260 OK\n")");
}

TEST(ReproductionSteps, LeaveToAPersonWhatBytesDoNotShow) {
  const Events events{step_event(EventKind::kStarted), kConnect,
                      step_event(EventKind::kReceived, 1, "x\n"),
                      step_event(EventKind::kExited, 2, "", 0)};
  for (const FindingRecord& finding :
       {finding_of("missing-output", 2, "", "a line\n"), finding_of("wrong-exit", 2, ""),
        finding_of("wrong-reply", 1, "not there\n", "x\n"), finding_of("wrong-reply", 1, "x\n"),
        finding_of("a code of another version", 1, "x\n", "y\n")}) {
    const std::string steps = steps_of({.failure = finding, .events = events});
    EXPECT_TRUE(steps.ends_with("look")) << finding.code << ": " << steps;
  }
  EXPECT_EQ(steps_of({.failure = finding_of("killed", 2, ""), .events = events}),
            R"(connect, expect "x\n", no kill)");
  EXPECT_EQ(steps_of({.failure = finding_of("listened", 0, "")}), "refusal");
  EXPECT_EQ(steps_of({.failure = finding_of("never-listened", 0, "")}), "connect");
}

TEST(ReproductionSteps, AreNotMadeOfBytesThatTheLogLacks) {
  EXPECT_EQ(
      steps_of({.events = {kConnect, step_event(EventKind::kSent, 0, std::string(20000, 'x'))}}),
      "error: the log has only the beginning and the end of 20000 bytes that were sent");
}

}  // namespace
}  // namespace chatspec
