#include "harness/cell/interrupt.h"

#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

// One that is sent twice at once is one wish.
void ask_twice_at_once() {
  Interrupt interrupt;
  const InterruptSignals signals(interrupt);
  if (interrupt.requested()) std::_Exit(1);
  raise(SIGTERM);
  raise(SIGTERM);
  std::_Exit(interrupt.requested() ? 0 : 1);
}

[[noreturn]] void ask_on_and_on(int signal) {
  std::signal(signal, SIG_DFL);  // whoever started this test may ignore it
  Interrupt interrupt;
  const InterruptSignals signals(interrupt);
  for (;;) raise(signal);
}

TEST(InterruptSignalsDeathTest, RequestOnceAndEndWhoIsAskedAgain) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(ask_twice_at_once(), ::testing::ExitedWithCode(0), "");
  for (const int signal : kInterrupts)
    EXPECT_EXIT(ask_on_and_on(signal), ::testing::KilledBySignal(signal), "");
}

}  // namespace
}  // namespace chatspec
