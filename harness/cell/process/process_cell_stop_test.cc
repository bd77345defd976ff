#include <signal.h>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"
#include "harness/cell/process/process_cell.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using testing::anyone_left;
using testing::Bench;
using testing::connected;
using ::testing::HasSubstr;
using testing::python;

class ProcessCellStopTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, ProcessCellStopTest, testing::every_tier(), testing::tier_name);

constexpr auto* kServeForEver =
    "s = socket.create_server(('127.0.0.1', port))\n"
    "while True: s.accept()\n";

// The first process ends when the daemon runs.
constexpr auto* kDaemon =
    "r, w = os.pipe()\n"
    "if os.fork():\n"
    "    os.read(r, 1)\n"
    "    os._exit(0)\n"
    "os.setsid()\n"
    "if os.fork(): os._exit(0)\n"
    "os.write(w, b'x')\n"
    "signal.pause()\n";

TEST_P(ProcessCellStopTest, FindsNothingToTellWhenSigtermEndsIt) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kServeForEver);
  EXPECT_EQ(cell->stop(), "");
  EXPECT_EQ(cell->await_exit(ExitWait::kUnlikely),
            (ExitStatus{.by_signal = true, .value = SIGTERM}));
  EXPECT_EQ(cell->stop(), "") << "a second stop does nothing";
}

TEST_P(ProcessCellStopTest, TellsThatSigtermWasIgnored) {
  Bench bench(GetParam());
  const auto cell = connected(
      bench, std::string("signal.signal(signal.SIGTERM, signal.SIG_IGN)\n") + kServeForEver);
  EXPECT_THAT(cell->stop(), HasSubstr("SIGTERM did not end it"));
  EXPECT_EQ(cell->await_exit(ExitWait::kUnlikely),
            (ExitStatus{.by_signal = true, .value = SIGKILL}));
}

TEST_P(ProcessCellStopTest, LetsAProcessFinishOnSigtermAndReadsWhatItWritesThen) {
  Bench bench(GetParam());
  const auto cell = connected(bench, std::string("def end(*_):\n"
                                                 "    os.write(1, b'y' * 200000)\n"
                                                 "    sys.exit(0)\n"
                                                 "signal.signal(signal.SIGTERM, end)\n") +
                                         kServeForEver);
  EXPECT_EQ(cell->stop(), "");
  EXPECT_EQ(cell->output().bytes.size(), 200000U);
  EXPECT_EQ(cell->await_exit(ExitWait::kUnlikely), (ExitStatus{.by_signal = false, .value = 0}));
}

TEST_P(ProcessCellStopTest, EndsAStoppedProcess) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start({"/bin/sh", "-c", "kill -STOP $$"}));
  EXPECT_EQ(cell->stop(), "");
}

TEST_P(ProcessCellStopTest, FindsAndKillsADaemonInASessionOfItsOwn) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell, kDaemon)));
  ASSERT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
  EXPECT_THAT(cell->stop(), HasSubstr("Left running when its first process had ended: "));
  EXPECT_FALSE(anyone_left(cell->folder()));
}

TEST_P(ProcessCellStopTest, FindsADaemonThatWipedItsEnvironment) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(
      *cell, std::string("if len(sys.argv) == 1:\n"
                         "    os.execve(sys.executable, [sys.executable, '-c',"
                         " open('/proc/self/cmdline').read().split('\\0')[4], 'again'], {})\n") +
                 kDaemon)));
  ASSERT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
  EXPECT_THAT(cell->stop(), HasSubstr("Left running"));
  EXPECT_FALSE(anyone_left(cell->folder()));
}

TEST_P(ProcessCellStopTest, KillsAWholeFamilyWhoseFirstProcessStillRuns) {
  Bench bench(GetParam());
  const auto cell = connected(bench, std::string("for i in range(5):\n"
                                                 "    if os.fork() == 0:\n"
                                                 "        if i % 2: os.setsid()\n"
                                                 "        signal.pause()\n") +
                                         kServeForEver);
  EXPECT_EQ(cell->stop(), "");
  EXPECT_FALSE(anyone_left(cell->folder()));
}

TEST_P(ProcessCellStopTest, LeavesTheProcessesOfOtherCellsAlone) {
  Bench bench(GetParam());
  const auto other = connected(bench, kServeForEver);
  const auto daemon = bench.open(Role::kServer);
  ASSERT_TRUE(daemon->start(python(*daemon, std::string(kDaemon))));
  ASSERT_TRUE(daemon->await_exit(ExitWait::kDue));
  const auto stopped = connected(bench, kServeForEver);
  EXPECT_EQ(stopped->stop(), "");
  EXPECT_EQ(other->connect(), 2) << "it still serves";
  EXPECT_THAT(daemon->stop(), HasSubstr("Left running")) << "its daemon was not touched";
  EXPECT_EQ(other->stop(), "");
}

TEST_P(ProcessCellStopTest, RemovesItsFolderWhateverItHolds) {
  Bench bench(GetParam());
  auto cell = bench.open(Role::kServer);
  const auto folder = cell->folder();
  ASSERT_TRUE(std::filesystem::is_directory(folder));
  ASSERT_TRUE(cell->start({"/bin/sh", "-c",
                           "pwd; mkdir -p a/b/c 'odd\nname' && touch a/b/c/file .hidden && "
                           "ln -s / a/link && mkfifo a/pipe && chmod 0 a/b/c a/b a ."}));
  ASSERT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
  EXPECT_EQ(cell->stop(), "");
  EXPECT_EQ(cell->output().bytes, folder.native() + "\n") << "the folder is where it works";
  cell.reset();
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_P(ProcessCellStopTest, AnInterruptedStopDoesNotWaitForThePolite) {
  Bench bench(GetParam());
  const auto cell = connected(
      bench, std::string("signal.signal(signal.SIGTERM, signal.SIG_IGN)\n") + kServeForEver);
  bench.interrupt.request();
  EXPECT_EQ(cell->stop(), "");
  EXPECT_EQ(cell->await_exit(ExitWait::kUnlikely),
            (ExitStatus{.by_signal = true, .value = SIGKILL}));
}

TEST_P(ProcessCellStopTest, CellsSideBySideShareNothing) {
  constexpr int kCells = 10;
  Bench bench(GetParam());
  std::vector<std::unique_ptr<Cell>> cells;
  for (int i = 0; i < kCells; ++i) cells.push_back(bench.open(Role::kServer));
  std::vector<std::thread> threads;
  for (auto& cell : cells) {
    threads.emplace_back([&cell] {
      // 3 is the listing itself; anything else would be another cell's.
      ASSERT_TRUE(cell->start(python(*cell,
                                     "print(*sorted(os.listdir('/proc/self/fd')))\n"
                                     "print(signal.pthread_sigmask(signal.SIG_BLOCK, []))\n"
                                     "sys.stdout.flush()\n"
                                     "s = socket.create_server(('127.0.0.1', port))\n"
                                     "c, _ = s.accept()\n"
                                     "c.sendall(str(port).encode())\n")));
      ASSERT_TRUE(cell->await_listening());
      ASSERT_EQ(cell->connect(), 1);
      const auto port = std::to_string(cell->port());
      EXPECT_EQ(testing::received(*cell, port.size()), port);
      EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream);
      EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
      EXPECT_EQ(cell->stop(), "");
      EXPECT_EQ(cell->output().bytes, "0 1 2 3\nset()\n");
      EXPECT_EQ(cell->errors().bytes, "");
    });
  }
  for (auto& thread : threads) thread.join();
}

// LIFE-4: a connection that the server closed first lingers in TIME_WAIT. Whether that keeps a
// server without SO_REUSEADDR from the port is the kernel's to say; the bank shows that it does.
TEST_P(ProcessCellStopTest, StartsAServerAgainWhereItsLastConnectionLingers) {
  Bench bench(GetParam());
  const std::string script =
      "s = socket.socket()\n"
      "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\n"
      "s.bind(('127.0.0.1', port))\n"
      "s.listen()\n"
      "print('up', flush=True)\n"
      "c, _ = s.accept()\n"
      "c.close()\n"
      "signal.pause()\n";
  auto cell = connected(bench, script);
  EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream);
  EXPECT_EQ(cell->end_program(), "");
  ASSERT_TRUE(cell->start(python(*cell, script)));
  ASSERT_TRUE(cell->await_listening());
  EXPECT_EQ(cell->connect(), 2);
  EXPECT_EQ(cell->await(2, false).kind, StreamEvent::Kind::kEndOfStream);
  cell->stop();
  EXPECT_EQ(cell->output().bytes, "up\nup\n") << cell->errors().bytes;
}

}  // namespace
}  // namespace chatspec
