// Some things at a time.

#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include "harness/cell/interrupt.h"

namespace chatspec {

// Calls `work`, which must not throw, with each number below `count`, up to `jobs` of them at a
// time and about in their order; with none any more once there is an interrupt. Returns when all
// that were begun are done.
template <typename Work>
void run_in_parallel(std::size_t count, std::size_t jobs, const Interrupt& interrupt,
                     const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto take_all = [&] {
    for (std::size_t i = next++; i < count && !interrupt.requested(); i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min(jobs, count); ++i) others.emplace_back(take_all);
  take_all();
}

}  // namespace chatspec
