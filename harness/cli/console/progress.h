// How far a run is, on a terminal.

#pragma once

#include <chrono>
#include <utility>

#include "harness/cli/console/console.h"
#include "harness/report/progress_line.h"

namespace chatspec {

// One line on standard error, where a terminal can write it anew.
class Progress {
 public:
  explicit Progress(Console& console)
      : shown_(console.can_rewrite_line()), style_(console.wants_colour()), console_(console) {}

  void begin() { begin_ = std::chrono::steady_clock::now(); }
  // Its `elapsed` is what has gone by since begin().
  void show(ProgressState state) const {
    if (!shown_) return;
    state.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin_);
    console_.warn("\r\x1b[K" + render_progress(state, console_.columns(), style_));
  }
  void clear() const {
    if (shown_) console_.warn("\r\x1b[K");
  }

 private:
  bool shown_;
  Style style_;
  Console& console_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace chatspec
