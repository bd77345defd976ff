// How far a run is, in one line.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "harness/report/tally.h"
#include "harness/report/text/style.h"

namespace chatspec {

struct ProgressState {
  Tally tally{};            // of the cases that have ended
  std::uint64_t cases = 0;  // how many there are in all
  std::chrono::milliseconds elapsed{};
  std::string last{};  // the case that ended last
};

// "128/513  2 fail, 12 skipped  63/s, 6 s left  escaping/dot", in at most so many columns: what
// comes last is left out first. How fast it goes, and how long it may take, once that can be told.
std::string render_progress(const ProgressState& state, std::size_t columns, const Style& style);

}  // namespace chatspec
