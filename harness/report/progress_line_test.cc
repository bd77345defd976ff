#include "harness/report/progress_line.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

ProgressState state_of(std::size_t passed, std::size_t failed, std::uint64_t cases,
                       std::chrono::milliseconds elapsed) {
  ProgressState state{.cases = cases, .elapsed = elapsed, .last = "escaping/dot-lines"};
  for (std::size_t i = 0; i < passed; ++i) state.tally.add(Verdict::kPass);
  for (std::size_t i = 0; i < failed; ++i) state.tally.add(Verdict::kFail);
  return state;
}

std::string line_of(const ProgressState& state, std::size_t columns = 80) {
  return render_progress(state, columns, Style(false));
}

TEST(ProgressLine, TellsWhatHasEndedHowFastAndHowLongStill) {
  EXPECT_EQ(line_of(state_of(98, 2, 400, 2s)),
            "100/400  2 fail  50/s, 6 s left  escaping/dot-lines");
  EXPECT_EQ(line_of(state_of(10, 0, 100, 30s)),
            "10/100  3.0 s each, 5 min left  escaping/dot-lines");
  EXPECT_EQ(line_of(state_of(10, 0, 10000, 30s)),
            "10/10000  3.0 s each, 8.3 h left  escaping/dot-lines");
}

TEST(ProgressLine, GuessesNothingAtTheBegin) {
  EXPECT_EQ(line_of(state_of(100, 0, 400, 900ms)), "100/400  escaping/dot-lines");
  EXPECT_EQ(line_of(state_of(4, 0, 400, 9s)), "4/400  escaping/dot-lines");
  EXPECT_EQ(line_of(state_of(400, 0, 400, 9s)), "400/400  escaping/dot-lines") << "nor at the end";
}

TEST(ProgressLine, FitsTheTerminal) {
  const ProgressState state = state_of(98, 2, 400, 2s);
  for (std::size_t columns = 7; columns < 60; ++columns) {
    const std::string line = line_of(state, columns);
    EXPECT_TRUE(line.starts_with("100/400"));
    // "…" has three bytes, and is one column.
    EXPECT_LE(line.size() - (line.ends_with("…") ? 2 : 0), columns) << line;
  }
  EXPECT_EQ(line_of(state, 20), "100/400  2 fail");
}

TEST(ProgressLine, HasColoursWhereTheyAreWanted) {
  const ProgressState state = state_of(0, 2, 400, 0s);
  EXPECT_TRUE(render_progress(state, 80, Style(true)).contains("\x1b["));
}

}  // namespace
}  // namespace chatspec
