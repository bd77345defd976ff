#include <charconv>
#include <fstream>
#include <signal.h>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/cell_test_support.h"
#include "harness/cell/process_cell.h"
#include "harness/cell/process_table.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using testing::Bench;
using testing::connected;
using ::testing::HasSubstr;
using testing::python;

constexpr auto* kServeForEver =
    "s = socket.create_server(('127.0.0.1', port))\n"
    "while True: s.accept()\n";

// Prints the daemon's process id. The first process ends when the daemon runs.
constexpr auto* kDaemon =
    "r, w = os.pipe()\n"
    "if os.fork():\n"
    "    os.read(r, 1)\n"
    "    os._exit(0)\n"
    "os.setsid()\n"
    "if os.fork(): os._exit(0)\n"
    "print(os.getpid(), flush=True)\n"
    "os.write(w, b'x')\n"
    "signal.pause()\n";

bool is_alive(const std::string& pid_line) {
  pid_t pid = 0;
  std::from_chars(pid_line.data(), pid_line.data() + pid_line.size(), pid);
  const auto entry = read_process(pid);
  return pid == 0 || (entry && !entry->ended());
}

TEST(ProcessCellStopTest, FindsNothingToTellWhenSigtermEndsIt) {
  Bench bench;
  const auto cell = connected(bench, kServeForEver);
  EXPECT_EQ(cell->stop(), "");
  EXPECT_EQ(cell->await_exit(true), (ExitStatus{.by_signal = true, .value = SIGTERM}));
  EXPECT_EQ(cell->stop(), "") << "a second stop does nothing";
}

TEST(ProcessCellStopTest, TellsThatSigtermWasIgnored) {
  Bench bench;
  const auto cell = connected(
      bench, std::string("signal.signal(signal.SIGTERM, signal.SIG_IGN)\n") + kServeForEver);
  EXPECT_THAT(cell->stop(), HasSubstr("SIGTERM did not end it"));
  EXPECT_EQ(cell->await_exit(true), (ExitStatus{.by_signal = true, .value = SIGKILL}));
}

TEST(ProcessCellStopTest, LetsAProcessFinishOnSigtermAndReadsWhatItWritesThen) {
  Bench bench;
  const auto cell = connected(bench, std::string("def end(*_):\n"
                                                 "    os.write(1, b'y' * 200000)\n"
                                                 "    sys.exit(0)\n"
                                                 "signal.signal(signal.SIGTERM, end)\n") +
                                         kServeForEver);
  EXPECT_EQ(cell->stop(), "");
  EXPECT_EQ(cell->output().bytes.size(), 200000U);
  EXPECT_EQ(cell->await_exit(true), (ExitStatus{.by_signal = false, .value = 0}));
}

TEST(ProcessCellStopTest, EndsAStoppedProcess) {
  Bench bench;
  const auto cell = bench.open(Side::kServer);
  ASSERT_TRUE(cell->start({"/bin/sh", "-c", "kill -STOP $$"}));
  EXPECT_EQ(cell->stop(), "");
}

TEST(ProcessCellStopTest, FindsAndKillsADaemonInASessionOfItsOwn) {
  Bench bench;
  const auto cell = bench.open(Side::kServer);
  ASSERT_TRUE(cell->start(python(*cell, kDaemon)));
  ASSERT_EQ(cell->await_exit(false), (ExitStatus{.by_signal = false, .value = 0}));
  EXPECT_THAT(cell->stop(), HasSubstr("Left running when its first process had ended: "));
  ASSERT_FALSE(cell->output().bytes.empty());
  EXPECT_FALSE(is_alive(cell->output().bytes));
}

TEST(ProcessCellStopTest, FindsADaemonThatWipedItsEnvironment) {
  Bench bench;
  const auto cell = bench.open(Side::kServer);
  ASSERT_TRUE(cell->start(python(
      *cell, std::string("if len(sys.argv) == 1:\n"
                         "    os.execve(sys.executable, [sys.executable, '-c',"
                         " open('/proc/self/cmdline').read().split('\\0')[4], 'again'], {})\n") +
                 kDaemon)));
  ASSERT_EQ(cell->await_exit(false), (ExitStatus{.by_signal = false, .value = 0}));
  EXPECT_THAT(cell->stop(), HasSubstr("Left running"));
  ASSERT_FALSE(cell->output().bytes.empty());
  EXPECT_FALSE(is_alive(cell->output().bytes));
}

TEST(ProcessCellStopTest, KillsAWholeFamilyWhoseFirstProcessStillRuns) {
  Bench bench;
  const auto cell = connected(bench, std::string("for i in range(5):\n"
                                                 "    if os.fork() == 0:\n"
                                                 "        if i % 2: os.setsid()\n"
                                                 "        print(os.getpid(), flush=True)\n"
                                                 "        signal.pause()\n") +
                                         kServeForEver);
  EXPECT_EQ(cell->stop(), "");
  std::istringstream lines(cell->output().bytes);
  for (std::string line; std::getline(lines, line);) EXPECT_FALSE(is_alive(line)) << line;
}

TEST(ProcessCellStopTest, LeavesTheProcessesOfOtherCellsAlone) {
  Bench bench;
  const auto other = connected(bench, kServeForEver);
  const auto daemon = bench.open(Side::kServer);
  ASSERT_TRUE(daemon->start(python(*daemon, std::string(kDaemon))));
  ASSERT_TRUE(daemon->await_exit(false));
  const auto stopped = connected(bench, kServeForEver);
  EXPECT_EQ(stopped->stop(), "");
  EXPECT_EQ(other->connect(), 2) << "it still serves";
  EXPECT_THAT(daemon->stop(), HasSubstr("Left running")) << "its daemon was not touched";
  EXPECT_EQ(other->stop(), "");
}

TEST(ProcessCellStopTest, RemovesItsFolderWhateverItHolds) {
  Bench bench;
  auto cell = bench.open(Side::kServer);
  const auto folder = cell->folder();
  ASSERT_TRUE(std::filesystem::is_directory(folder));
  ASSERT_TRUE(cell->start({"/bin/sh", "-c",
                           "pwd; mkdir -p a/b/c 'odd\nname' && touch a/b/c/file .hidden && "
                           "ln -s / a/link && mkfifo a/pipe && chmod 0 a/b/c a/b a ."}));
  ASSERT_EQ(cell->await_exit(false), (ExitStatus{.by_signal = false, .value = 0}));
  EXPECT_EQ(cell->stop(), "");
  EXPECT_EQ(cell->output().bytes, folder.native() + "\n") << "the folder is where it works";
  cell.reset();
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(ProcessCellStopTest, AnInterruptedStopDoesNotWaitForThePolite) {
  Bench bench;
  const auto cell = connected(
      bench, std::string("signal.signal(signal.SIGTERM, signal.SIG_IGN)\n") + kServeForEver);
  bench.interrupt.request();
  EXPECT_EQ(cell->stop(), "");
  EXPECT_EQ(cell->await_exit(true), (ExitStatus{.by_signal = true, .value = SIGKILL}));
}

TEST(ProcessCellStopTest, CellsSideBySideShareNothing) {
  constexpr int kCells = 10;
  Bench bench;
  std::vector<std::unique_ptr<Cell>> cells;
  for (int i = 0; i < kCells; ++i) cells.push_back(bench.open(Side::kServer));
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
      EXPECT_EQ(cell->await(1, false).kind, Sight::Kind::kEndOfStream);
      EXPECT_EQ(cell->await_exit(false), (ExitStatus{.by_signal = false, .value = 0}));
      EXPECT_EQ(cell->stop(), "");
      EXPECT_EQ(cell->output().bytes, "0 1 2 3\nset()\n");
      EXPECT_EQ(cell->errors().bytes, "");
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace chatspec
