// Starts that the kernel holds up. In the sandbox it is bubblewrap that is started, and what holds
// up the program comes later: kernel_observer_test.cc.

#include <csignal>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"
#include "harness/cell/process/leased_program_test_support.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using testing::Bench;
using ::testing::HasSubstr;
using testing::LeasedProgram;

class HeldUpStartTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, HeldUpStartTest,
                         ::testing::Values(Isolation::kPlain, Isolation::kIsolated),
                         testing::tier_name);

TEST_P(HeldUpStartTest, EndsWithThePatienceAndBlamesNobody) {
  const LeasedProgram program;
  if (!program.is_leased()) GTEST_SKIP() << "no lease on files of " << program.folder();
  Bench bench(GetParam());
  bench.patience.start = 50ms;
  const auto cell = bench.open(Role::kServer);
  const auto started = cell->start({program.path()});
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, CellFailure::Kind::kTrouble);
  EXPECT_THAT(started.error().message,
              HasSubstr("cannot run " + program.path() + ": it has not begun to run for 50 ms"));
  EXPECT_EQ(cell->stop(), "");
}

TEST_P(HeldUpStartTest, EndsWithAnInterrupt) {
  sigset_t lease_wanted;
  sigemptyset(&lease_wanted);
  sigaddset(&lease_wanted, SIGURG);
  ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &lease_wanted, nullptr), 0);
  const LeasedProgram program;
  if (!program.is_leased()) GTEST_SKIP() << "no lease on files of " << program.folder();
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  std::thread user([&] {
    int number = 0;
    sigwait(&lease_wanted, &number);  // the kernel is about to run it
    bench.interrupt.request();
  });
  const auto started = cell->start({program.path()});
  user.join();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, CellFailure::Kind::kInterrupted);
  EXPECT_EQ(cell->stop(), "");
}

}  // namespace
}  // namespace chatspec
