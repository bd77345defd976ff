// Every client of a grid against every server.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/cli/grid/grid_programs.h"
#include "harness/grid/played_grid.h"
#include "reference/profile.h"

namespace chatspec {

struct GridPlay {
  const chat::Profile& profile;
  const GridPrograms& programs;
  const Clock& clock;
  const Interrupt& interrupt;
  std::uint64_t seed;
  std::size_t jobs;
};

// Pairs that do not get on because time went by are played again at the end, alone, and only that
// counts: so nothing rests on how busy the machine was. Calls `on_pair` whenever one has ended,
// from one thread at a time, with its place among the pairs. After an interrupt those that are left
// are not played.
PlayedGrid play_grid(const GridPlay& play,
                     const std::function<void(const PlayedGrid&, std::size_t)>& on_pair);

}  // namespace chatspec
