#include "harness/runs/parallel.h"

#include <atomic>
#include <latch>
#include <mutex>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(Parallel, CallsTheWorkOnceWithEachNumber) {
  const Interrupt interrupt;
  for (const std::size_t jobs : {1UZ, 3UZ, 50UZ}) {
    std::vector<std::atomic<int>> calls(20);
    run_in_parallel(calls.size(), jobs, interrupt, [&](std::size_t i) { ++calls[i]; });
    for (const auto& of_one : calls) EXPECT_EQ(of_one, 1) << jobs;
  }
}

TEST(Parallel, DoesSoManyAtATime) {
  constexpr std::size_t kJobs = 3;
  const Interrupt interrupt;
  std::latch all_there(kJobs);
  std::mutex mutex;
  std::set<std::thread::id> who;
  // Nobody goes on before all are there.
  run_in_parallel(kJobs, kJobs, interrupt, [&](std::size_t) {
    all_there.arrive_and_wait();
    const std::scoped_lock lock(mutex);
    who.insert(std::this_thread::get_id());
  });
  EXPECT_EQ(who.size(), kJobs);
}

TEST(Parallel, BeginsNothingMoreOnceThereIsAnInterrupt) {
  Interrupt interrupt;
  std::vector<std::size_t> begun;
  run_in_parallel(9, 1, interrupt, [&](std::size_t i) {
    begun.push_back(i);
    if (i == 2) interrupt.request();
  });
  EXPECT_EQ(begun, (std::vector<std::size_t>{0, 1, 2}));
}

}  // namespace
}  // namespace chatspec
