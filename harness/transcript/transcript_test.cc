#include "harness/transcript/transcript.h"

#include <csignal>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(TranscriptTest, KeepsEventsInTheOrderInWhichTheyWereAppended) {
  Transcript transcript;
  transcript.append({.kind = EventKind::kStarted, .bytes = "server 15000"});
  transcript.append({.kind = EventKind::kSent, .connection = 1, .bytes = "HELLO\n"});
  ASSERT_EQ(transcript.events().size(), 2U);
  EXPECT_EQ(transcript.events()[0].kind, EventKind::kStarted);
  EXPECT_EQ(transcript.events()[1].bytes, "HELLO\n");
}

TEST(TranscriptTest, FindsTheFirstAndTheLastEventOfAKind) {
  const std::vector<Event> events{
      {.kind = EventKind::kSent, .bytes = "1"},
      {.kind = EventKind::kSent, .bytes = "2"},
      {.kind = EventKind::kExited, .exit = ExitStatus{.by_signal = false, .value = 3}}};
  EXPECT_EQ(find_first(events, EventKind::kSent)->bytes, "1");
  EXPECT_EQ(find_last(events, EventKind::kSent)->bytes, "2");
  EXPECT_EQ(find_first(events, EventKind::kReceived), nullptr);
  EXPECT_EQ(find_last(events, EventKind::kReceived), nullptr);
  EXPECT_EQ(find_exit(events), (ExitStatus{.by_signal = false, .value = 3}));
  EXPECT_EQ(find_exit({}), std::nullopt);
}

TEST(TranscriptTest, AStatusTellsOfASignalThatEndsAProgram) {
  EXPECT_EQ(signal_told_by(134), SIGABRT);
  EXPECT_EQ(signal_told_by(139), SIGSEGV);
  for (const int status : {0, 1, 127, 128, 128 + SIGCHLD, 128 + SIGSTOP, 128 + SIGWINCH, 160, 255})
    EXPECT_EQ(signal_told_by(status), std::nullopt) << status;
}

TEST(TranscriptTest, EveryEventKindHasAnOwnNameThatReadsBack) {
  for (int i = 0; i <= static_cast<int>(EventKind::kInterrupted); ++i) {
    const auto kind = static_cast<EventKind>(i);
    EXPECT_EQ(event_kind(to_string(kind)), kind) << to_string(kind);
  }
  EXPECT_EQ(to_string(EventKind::kEndOfStream), "end-of-stream");
  EXPECT_EQ(event_kind("End-Of-Stream"), std::nullopt);
  EXPECT_EQ(event_kind(""), std::nullopt);
}

TEST(TranscriptTest, EveryGradeHasAnOwnNameThatReadsBack) {
  for (int i = 0; i <= static_cast<int>(QuietGrade::kUnknown); ++i) {
    const auto grade = static_cast<QuietGrade>(i);
    EXPECT_EQ(quiet_grade(to_string(grade)), grade) << to_string(grade);
  }
  EXPECT_EQ(quiet_grade("guessed"), std::nullopt);
}

TEST(TranscriptTest, EveryActivityHasAnOwnNameThatReadsBack) {
  for (int i = 0; i <= static_cast<int>(Activity::kGone); ++i) {
    const auto activity = static_cast<Activity>(i);
    EXPECT_EQ(parse_activity(to_string(activity)), activity) << to_string(activity);
  }
  EXPECT_EQ(parse_activity("dreaming"), std::nullopt);
}

TEST(TranscriptTest, SaysHowAProcessEnded) {
  EXPECT_EQ(to_string(ExitStatus{.by_signal = false, .value = 3}), "exit status 3");
  EXPECT_EQ(to_string(ExitStatus{.by_signal = true, .value = 11}), "signal 11 (SEGV)");
  EXPECT_EQ(to_string(ExitStatus{.by_signal = true, .value = 63}), "signal 63");
}

}  // namespace
}  // namespace chatspec
