#include "harness/judge/transcript_view.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Event at(std::size_t step, EventKind kind, std::string bytes = "") {
  return {.kind = kind, .step = step, .connection = 1, .bytes = std::move(bytes)};
}

TEST(TranscriptView, KnowsWhatHappenedUpToAStepAndNothingLater) {
  const std::vector<Event> events{at(0, EventKind::kConnected), at(0, EventKind::kSent, "HELLO\n"),
                                  at(1, EventKind::kReceived, "260 OK\n"),
                                  at(2, EventKind::kEndOfStream)};
  TranscriptView view(events);
  EXPECT_FALSE(view.is_connected(1));
  view.advance_to(0);
  EXPECT_TRUE(view.is_connected(1));
  EXPECT_EQ(view.last_connection(), 1);
  EXPECT_EQ(view.stream(1).rest(), "");
  view.advance_to(1);
  EXPECT_EQ(view.stream(1).rest(), "260 OK\n");
  EXPECT_EQ(view.stream(1).state, StreamState::kOpen);
  view.stream(1).consumed = 4;
  view.advance_to(2);
  EXPECT_EQ(view.stream(1).rest(), "OK\n");
  EXPECT_EQ(view.stream(1).state, StreamState::kEnded);
}

TEST(TranscriptView, SilenceLastsOneStep) {
  const std::vector<Event> events{at(1, EventKind::kQuiet), at(2, EventKind::kReceived, "x")};
  TranscriptView view(events);
  view.advance_to(1);
  EXPECT_EQ(view.stream(1).state, StreamState::kQuiet);
  EXPECT_TRUE(view.quiet());
  view.advance_to(2);
  EXPECT_EQ(view.stream(1).state, StreamState::kOpen);
  EXPECT_FALSE(view.quiet());
}

TEST(TranscriptView, TellsWhatCameBeforeWeHadSentSoMuch) {
  const std::vector<Event> events{at(0, EventKind::kSent, "abc"), at(0, EventKind::kReceived, "1"),
                                  at(0, EventKind::kSent, "def"), at(0, EventKind::kReceived, "2")};
  TranscriptView view(events);
  view.advance_to(0);
  EXPECT_EQ(view.stream(1).rest_before(0), "");
  EXPECT_EQ(view.stream(1).rest_before(3), "");
  EXPECT_EQ(view.stream(1).rest_before(4), "1");
  EXPECT_EQ(view.stream(1).rest_before(7), "12");
  view.stream(1).consumed = 1;
  EXPECT_EQ(view.stream(1).rest_before(4), "") << "that was taken";
}

// It may come from a log.
TEST(TranscriptView, TakesAnExitThatDoesNotSayHowForNone) {
  const std::vector<Event> events{at(0, EventKind::kExited)};
  TranscriptView view(events);
  view.advance_to(0);
  EXPECT_EQ(view.exit(), std::nullopt);
}

}  // namespace
}  // namespace chatspec
