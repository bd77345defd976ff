// Which deaths within a cell are seen (process_cell.h says which there are).

#include <signal.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/kernel/core_file.h"
#include "harness/cell/process/cell_test_support.h"

namespace chatspec {
namespace {

using testing::Bench;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::python;
using ::testing::StartsWith;

class ProcessCellDeathsTest : public testing::InEveryTier {
 protected:
  void SetUp() override {
    if (const auto obstacle = find_obstacle_to_core_files()) GTEST_SKIP() << *obstacle;
    InEveryTier::SetUp();
  }
};
INSTANTIATE_TEST_SUITE_P(Tiers, ProcessCellDeathsTest, testing::every_tier(), testing::tier_name);

std::vector<int> signals_of(const std::vector<ProcessDeath>& deaths) {
  std::vector<int> signals;
  for (const ProcessDeath& death : deaths) signals.push_back(death.signal);
  return signals;
}

// The signals of the deaths that are seen of a program that ends by itself.
std::vector<int> deaths_of(Isolation tier, const std::string& script) {
  Bench bench(tier);
  const auto cell = bench.open(Role::kServer);
  const auto started = cell->start(python(*cell, script));
  EXPECT_TRUE(started) << (started ? "" : started.error().message);
  EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
  cell->stop();
  return signals_of(cell->deaths());
}

TEST_P(ProcessCellDeathsTest, AChildThatItsParentWaitedFor) {
  EXPECT_THAT(deaths_of(GetParam(),
                        "if os.fork() == 0: os.kill(os.getpid(), signal.SIGSEGV)\n"
                        "os.wait()\n"),
              ElementsAre(SIGSEGV));
}

TEST_P(ProcessCellDeathsTest, AChildThatNobodyWaitsFor) {
  EXPECT_THAT(deaths_of(GetParam(),
                        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
                        "r, w = os.pipe()\n"
                        "if os.fork() == 0: os.abort()\n"
                        "os.close(w)\n"
                        "os.read(r, 1)\n"),
              ElementsAre(SIGABRT));
}

TEST_P(ProcessCellDeathsTest, AnOrphan) {
  EXPECT_THAT(deaths_of(GetParam(),
                        "r, w = os.pipe()\n"
                        "if os.fork() == 0:\n"
                        "    if os.fork(): os._exit(0)\n"
                        "    os.kill(os.getpid(), signal.SIGBUS)\n"
                        "os.close(w)\n"
                        "os.wait()\n"
                        "os.read(r, 1)\n"),
              ElementsAre(SIGBUS));
}

TEST_P(ProcessCellDeathsTest, AProgramBehindAShell) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start({"/bin/sh", "-c", "/bin/sh -c 'kill -SEGV $$'; exit 0"}));
  ASSERT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
  cell->stop();
  ASSERT_THAT(signals_of(cell->deaths()), ElementsAre(SIGSEGV));
  EXPECT_THAT(cell->deaths()[0].name, ::testing::AnyOf("sh", "dash"));
}

TEST_P(ProcessCellDeathsTest, NoneOfWhatEndsByItselfOrIsKilledFromOutside) {
  EXPECT_THAT(deaths_of(GetParam(),
                        "if os.fork() == 0: os._exit(139)\n"
                        "os.wait()\n"
                        "for number in signal.SIGKILL, signal.SIGTERM, signal.SIGHUP:\n"
                        "    child = os.fork()\n"
                        "    if child == 0: signal.pause()\n"
                        "    os.kill(child, number)\n"
                        "    os.wait()\n"),
              IsEmpty());
}

TEST_P(ProcessCellDeathsTest, NoneOfWhatHappensWhenItIsAskedToEnd) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "def end(*_):\n"
                                 "    os.write(2, b'late')\n"
                                 "    os.abort()\n"
                                 "signal.signal(signal.SIGTERM, end)\n"
                                 "if os.fork() == 0:\n"
                                 "    os.write(2, b'early')\n"
                                 "    s = socket.create_server(('127.0.0.1', port))\n"
                                 "    while True: signal.pause()\n"
                                 "while True: signal.pause()\n")));
  ASSERT_TRUE(cell->await_listening());
  cell->stop();
  EXPECT_THAT(cell->deaths(), IsEmpty());
  EXPECT_THAT(cell->errors().bytes, StartsWith("early"));
  EXPECT_EQ(cell->errors().before_end, std::string_view("early").size());
}

TEST_P(ProcessCellDeathsTest, NoneOfAnEarlierProgramWhoseCoreFileCameWithTheFolder) {
  Bench bench(GetParam());
  const auto first = bench.open(Role::kServer);
  ASSERT_TRUE(first->start({"/bin/sh", "-c", "/bin/sh -c 'kill -SEGV $$'; od -An -v -tx1 core*"}));
  ASSERT_TRUE(first->await_exit(ExitWait::kDue));
  first->stop();
  std::string core;
  for (const std::string& hex = first->output().bytes; const char c : hex) {
    if (c != ' ' && c != '\n') core += c;
  }
  std::string bytes;
  for (std::size_t i = 0; i + 1 < core.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(core.substr(i, 2), nullptr, 16));
  }
  ASSERT_TRUE(parse_core(bytes));
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->add_file("core.old", bytes));
  ASSERT_TRUE(cell->start({"/bin/true"}));
  ASSERT_TRUE(cell->await_exit(ExitWait::kDue));
  cell->stop();
  EXPECT_THAT(cell->deaths(), IsEmpty());
}

}  // namespace
}  // namespace chatspec
