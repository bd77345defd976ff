#include "harness/play/recording.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

TEST(Recording, GivesEachEventItsStepAndItsTimeSinceTheBegin) {
  FakeClock clock;
  Recording recording(clock);
  recording.add(Event{.kind = EventKind::kStarted});
  clock.advance(5ms);
  recording.enter(2);
  recording.add(Event{.kind = EventKind::kSent, .connection = 1, .bytes = "HELLO\n"});
  const Transcript transcript = recording.take();
  ASSERT_EQ(transcript.events().size(), 2U);
  EXPECT_EQ(transcript.events()[0].step, 0U);
  EXPECT_EQ(transcript.events()[0].at, 0ns);
  EXPECT_EQ(transcript.events()[1].step, 2U);
  EXPECT_EQ(transcript.events()[1].at, 5ms);
  EXPECT_EQ(transcript.events()[1].bytes, "HELLO\n");
}

TEST(Recording, TellsWhatDidNotComeAboutByTheEventThatItIs) {
  using Kind = CellFailure::Kind;
  struct Row {
    Kind failure;
    EventKind event;
    bool gave_up;
  };
  for (const Row& row : {
           Row{Kind::kNotStarted, EventKind::kTrouble, true},
           Row{Kind::kExited, EventKind::kExited, false},
           Row{Kind::kNeverListened, EventKind::kQuiet, false},
           Row{Kind::kNoConnection, EventKind::kQuiet, false},
           Row{Kind::kNotExited, EventKind::kQuiet, false},
           Row{Kind::kInterrupted, EventKind::kInterrupted, true},
           Row{Kind::kTrouble, EventKind::kTrouble, true},
       }) {
    const FakeClock clock;
    Recording recording(clock);
    recording.add(CellFailure{.kind = row.failure,
                              .message = "why",
                              .exit = ExitStatus{.by_signal = false, .value = 3},
                              .grade = QuietGrade::kProven,
                              .last_seen = {.activity = Activity::kAccepting}});
    const Event& event = recording.events().at(0);
    EXPECT_EQ(event.kind, row.event);
    EXPECT_EQ(recording.has_given_up(), row.gave_up);
    EXPECT_EQ(event.bytes, row.event == EventKind::kInterrupted ? "" : "why");
    EXPECT_EQ(event.exit.has_value(), row.event == EventKind::kExited);
    if (row.event != EventKind::kQuiet) continue;
    EXPECT_EQ(event.grade, QuietGrade::kProven);
    EXPECT_EQ(event.last_seen.activity, Activity::kAccepting);
  }
}

}  // namespace
}  // namespace chatspec
