#include "harness/report/log/exchange.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

EventRecord event(EventKind kind, std::string bytes = "", std::uint64_t step = 0,
                  std::uint64_t connection = 1) {
  return {.kind = kind, .step = step, .connection = connection, .bytes = log_bytes(bytes)};
}

std::vector<ExchangeLine> exchange(std::vector<EventRecord> events,
                                   const std::string& line_end = "lf",
                                   const ExchangeLimits& limits = {}) {
  const RunRecord run{.role = Role::kServer,
                      .profile = {.settings = {{"line-end", log_bytes(line_end)}}}};
  return list_exchange(run, {.events = std::move(events)}, limits);
}

TEST(Exchange, CutsBytesIntoUnitsHoweverTheyCame) {
  const auto lines =
      exchange({event(EventKind::kSent, "HEL"), event(EventKind::kSent, "LO\nDA"),
                event(EventKind::kSent, "TA\n"), event(EventKind::kReceived, "260"),
                event(EventKind::kReceived, " OK\n2"), event(EventKind::kEndOfStream)});
  const std::vector<ExchangeLine> expected{
      {.speaker = Role::kClient, .bytes = "HELLO\n", .pieces = 2},
      {.speaker = Role::kClient, .bytes = "DATA\n", .pieces = 2},
      {.speaker = Role::kServer, .bytes = "260 OK\n"},
      {.speaker = Role::kServer, .bytes = "2"},
      {.speaker = Role::kServer, .note = "closes the connection"}};
  EXPECT_EQ(lines, expected);
}

TEST(Exchange, WithoutLineEndsAUnitIsWhatAStepSends) {
  const auto lines = exchange({event(EventKind::kSent, "a\nb", 0), event(EventKind::kSent, "c", 1),
                               event(EventKind::kReceived, "d\n")},
                              "none");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].bytes, "a\nb");
  EXPECT_EQ(lines[1].bytes, "c");
}

TEST(Exchange, KeepsConnectionsApart) {
  const auto lines =
      exchange({event(EventKind::kSent, "a", 0, 1), event(EventKind::kSent, "b", 1, 2),
                event(EventKind::kReset, "", 1, 2)});
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1].connection, 2U);
  EXPECT_EQ(lines[2].note, "resets the connection");
}

TEST(Exchange, SaysHowMuchIsNotShown) {
  const auto lines = exchange({event(EventKind::kSent, std::string(1000, 'x') + "\n")});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].bytes.size() + lines[0].left_out, 1001U);
  // Nor what the log itself does not have.
  const auto gap = exchange({event(EventKind::kReceived, std::string(100000, 'x') + "\n")});
  ASSERT_EQ(gap.size(), 2U);
  EXPECT_EQ(gap[0].bytes.size() + gap[0].left_out + gap[1].bytes.size() + gap[1].left_out, 100001U);
}

TEST(Exchange, OfManyLinesShowsThoseAtTheEnds) {
  std::vector<EventRecord> events;
  for (int i = 0; i < 100; ++i) events.push_back(event(EventKind::kSent, std::to_string(i) + "\n"));
  const auto lines = exchange(events, "lf", {.max_head = 3, .max_tail = 6});
  ASSERT_EQ(lines.size(), 10U);
  EXPECT_EQ(lines.front().bytes, "0\n");
  EXPECT_TRUE(lines[3].is_gap);
  EXPECT_EQ(lines[3].note, "91 more lines");
  EXPECT_EQ(lines.back().bytes, "99\n");
  events.resize(11);
  EXPECT_EQ(exchange(events, "lf", {.max_head = 3, .max_tail = 6}).size(), 11U) << "hardly more";
  events.push_back(event(EventKind::kSent, "last\n"));
  EXPECT_EQ(exchange(events, "lf", {.max_head = 3, .max_tail = 6})[3].note, "3 more lines");
}

}  // namespace
}  // namespace chatspec
