// Proof with real programs: what is proven, and what is not because time, or somebody else, could
// still end it. Deadlines are long where proof is due, and short where it must not come.

#include "harness/cell/kernel/kernel_observer.h"

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/process/cell_test_support.h"
#include "harness/cell/process/leased_program_test_support.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using testing::Bench;
using testing::connected;
using ::testing::HasSubstr;

class KernelObserverTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, KernelObserverTest, testing::every_tier(), testing::tier_name);

const std::string kAccept =
    "s = socket.create_server(('127.0.0.1', port))\n"
    "c, _ = s.accept()\n";

struct Stuck {
  const char* what;
  std::string script;  // after kAccept
  const char* evidence;
  Activity activity;
};

const std::vector<Stuck> kProven = {
    {"reads", "c.recv(100)\nc.recv(100)\n",
     "blocked in recv() on this connection, all 6 bytes read", Activity::kReading},
    {"reads like a file", "f = c.makefile('rb')\nf.readline()\nf.readline()\n",
     "blocked in recv() on this connection, all 6 bytes read", Activity::kReading},
    {"polls",
     "import select\np = select.poll()\np.register(c, select.POLLIN)\n"
     "while True:\n    p.poll()\n    c.recv(100)\n",
     "blocked in poll() on this connection", Activity::kReading},
    {"selects", "import select\nwhile True:\n    select.select([s, c], [], [])\n    c.recv(100)\n",
     "blocked in select() on this connection", Activity::kReading},
    {"uses epoll",
     "import select\ne = select.epoll()\ne.register(c, select.EPOLLIN)\n"
     "while True:\n    e.poll()\n    c.recv(100)\n",
     "blocked in epoll_wait() on this connection", Activity::kReading},
    {"accepts again", "c.recv(100)\ns.accept()\n", "blocked in accept(), all 6 bytes read",
     Activity::kAccepting},
    {"does not read", "s.accept()\n", "with 6 of the 6 bytes sent to it unread",
     Activity::kAccepting},
    {"reads a part", "c.recv(2)\ns.accept()\n", "with 4 of the 6 bytes sent to it unread",
     Activity::kAccepting},
    {"waits for a child that waits",
     "if os.fork() == 0:\n    c.recv(6)\n    c.recv(6)\nos.wait()\n",
     "blocked in recv() on this connection, all 6 bytes read (2 threads wait)", Activity::kReading},
    {"has a thread that waits for another",
     "import threading\nthreading.Thread(target=lambda: c.recv(7) and c.recv(7)).start()\n",
     "blocked in recv() on this connection", Activity::kReading},
    {"waits on a pair of sockets of its own", "c.recv(6)\na, b = socket.socketpair()\na.recv(1)\n",
     "blocked in recv(), all 6 bytes read", Activity::kWaiting},
    {"waits for a signal", "c.recv(6)\nsignal.pause()\n", "blocked in pause()", Activity::kWaiting},
    {"stops itself", "c.recv(6)\nos.kill(os.getpid(), signal.SIGSTOP)\n", "blocked in a stop",
     Activity::kStopped},
};

TEST_P(KernelObserverTest, ProvesThatWhatOnlyWeCanEndWillNotEnd) {
  for (const Stuck& row : kProven) {
    Bench bench(GetParam());
    const auto cell = connected(bench, kAccept + row.script);
    ASSERT_FALSE(cell->send(1, "HELLO\n"));
    const StreamEvent event = cell->await(1, false);
    EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet) << row.what;
    EXPECT_EQ(event.grade, QuietGrade::kProven) << row.what << ": " << event.bytes;
    EXPECT_THAT(event.bytes, HasSubstr(row.evidence)) << row.what;
    EXPECT_EQ(event.last_seen.activity, row.activity)
        << row.what << ": " << to_string(event.last_seen.activity) << ", " << event.bytes;
  }
}

const std::vector<Stuck> kNotProven = {
    {"sleeps", "c.recv(6)\nimport time\ntime.sleep(1000)\n", "clock_nanosleep()",
     Activity::kSleeping},
    {"has a time limit", "c.settimeout(1000)\nc.recv(6)\nc.recv(6)\n", "poll()",
     Activity::kReading},
    {"has a time limit of the socket",
     "import struct\nc.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO,"
     " struct.pack('ll', 1000, 0))\nc.recv(6)\nc.recv(6)\n",
     "recv()", Activity::kReading},
    {"catches an alarm",
     "signal.signal(signal.SIGALRM, lambda *_: None)\nsignal.alarm(1000)\n"
     "c.recv(6)\nc.recv(6)\n",
     "recv()", Activity::kReading},
    {"waits for an alarm that it blocks",
     "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\nsignal.alarm(1000)\n"
     "c.recv(6)\nsignal.sigwait([signal.SIGALRM])\n",
     "sigtimedwait()", Activity::kUnknown},
    {"waits for a lock that another process may hold",
     "import fcntl\nf = open('lock', 'w')\n"
     "if os.fork() == 0:\n"
     "    g = open('lock', 'w')\n    fcntl.flock(g, fcntl.LOCK_EX)\n    os.write(1, b'x')\n"
     "    signal.pause()\n"
     "c.recv(6)\n"
     "while True:\n"
     "    try:\n"
     "        fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)\n        fcntl.flock(f, "
     "fcntl.LOCK_UN)\n"
     "    except OSError:\n        break\n"
     "fcntl.flock(f, fcntl.LOCK_EX)\n",
     "flock()", Activity::kUnknown},
    {"waits for a child that sleeps",
     "if os.fork() == 0:\n    import time\n    time.sleep(1000)\nc.recv(6)\nos.wait()\n", "wait()",
     Activity::kSleeping},
    {"waits for a datagram from outside",
     "u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nu.bind(('127.0.0.1', 0))\n"
     "c.recv(6)\nu.recv(1)\n",
     "recv()", Activity::kWaiting},
    {"is busy", "c.recv(6)\nwhile True: pass\n", "was running", Activity::kRunning},
};

TEST_P(KernelObserverTest, DoesNotProveWhatTimeOrSomebodyElseMayEnd) {
  for (const Stuck& row : kNotProven) {
    Bench bench(GetParam());
    bench.patience.silence = 40ms;
    const auto cell = connected(bench, kAccept + row.script);
    ASSERT_FALSE(cell->send(1, "HELLO\n"));
    while (!cell->await_taken(1) && std::string(row.what) != "is busy") {
    }
    const StreamEvent event = cell->await(1, true);
    EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet) << row.what;
    EXPECT_NE(event.grade, QuietGrade::kProven) << row.what << ": " << event.bytes;
    EXPECT_THAT(event.bytes, HasSubstr(row.evidence)) << row.what;
    EXPECT_EQ(event.last_seen.activity, row.activity)
        << row.what << ": " << to_string(event.last_seen.activity) << ", " << event.bytes;
  }
}

TEST_P(KernelObserverTest, SaysHowMuchWasReadOfWhatWeSent) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kAccept + "c.recv(2)\ns.accept()\n");
  ASSERT_FALSE(cell->send(1, "HELLO\n"));
  const LastSeen seen = cell->await(1, false).last_seen;
  EXPECT_EQ(seen, (LastSeen{.activity = Activity::kAccepting,
                            .system_call = "accept",
                            .bytes_read = 2,
                            .bytes_unread = 4}));
}

TEST_P(KernelObserverTest, CallsALoopBusyByItsOwnProcessorTime) {
  Bench bench(GetParam());
  bench.patience.answer = 1s;
  const auto cell = connected(bench, kAccept + "c.recv(6)\nwhile True: pass\n");
  ASSERT_FALSE(cell->send(1, "HELLO\n"));
  const StreamEvent event = cell->await(1, false);
  EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet);
  EXPECT_EQ(event.grade, QuietGrade::kBusy) << event.bytes;
  EXPECT_THAT(event.bytes, HasSubstr("ms of processor time, and nothing arrived"));
}

// splice() stands for all calls that we do not know.
TEST_P(KernelObserverTest, SaysThatItDoesNotKnowAndWhatWhereAProgramIsInACallUnknownToUs) {
  Bench bench(GetParam());
  bench.patience.answer = 100ms;
  const auto cell = connected(
      bench, kAccept + "r, w = os.pipe()\na, b = os.pipe()\nc.recv(6)\nos.splice(r, b, 1)\n");
  ASSERT_FALSE(cell->send(1, "HELLO\n"));
  ASSERT_TRUE(cell->await_taken(1));
  const StreamEvent event = cell->await(1, false);
  EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet);
  EXPECT_EQ(event.grade, QuietGrade::kUnknown) << event.bytes;
  EXPECT_THAT(event.bytes, HasSubstr("is blocked in splice()"));
  EXPECT_THAT(event.bytes, HasSubstr("which is unknown to us"));
}

// Who makes a child as posix_spawn() does waits, so that nothing interrupts it, until the child has
// become another program; here it never does, since it opens a FIFO before.
TEST_P(KernelObserverTest, UnderstandsWhoWaitsForAChildToBecomeAnotherProgram) {
  Bench bench(GetParam());
  bench.patience.answer = 100ms;
  const auto cell =
      connected(bench, kAccept +
                           "c.recv(6)\nos.mkfifo('f')\n"
                           "os.posix_spawn('/bin/true', ['true'], {},\n"
                           "    file_actions=[(os.POSIX_SPAWN_OPEN, 9, 'f', os.O_RDONLY, 0)])\n");
  ASSERT_FALSE(cell->send(1, "HELLO\n"));
  ASSERT_TRUE(cell->await_taken(1));
  const StreamEvent event = cell->await(1, false);
  EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet);
  EXPECT_EQ(event.grade, QuietGrade::kDeadline) << event.bytes;
  EXPECT_THAT(event.bytes, HasSubstr("openat()"));
}

// A /proc with one process in it, of one thread.
class FakeProcess {
 public:
  FakeProcess(std::string_view call, char state, std::string_view channel = "a_disk") {
    std::filesystem::create_directories(path("task/7"));
    std::filesystem::create_directories(path("fd"));
    std::filesystem::create_symlink("/bin/true", path("exe"));
    write("stat", fmt::format("7 (fake) {} 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0\n", state));
    write("cmdline", "fake");
    write("task/7/syscall", call);
    write("task/7/wchan", channel);
    write("task/7/status", fmt::format("Name:\tfake\nState:\t{} (x)\n"
                                       "voluntary_ctxt_switches:\t1\n"
                                       "nonvoluntary_ctxt_switches:\t0\n",
                                       state));
  }

  std::string obscurity() {
    const ProcessTable processes(
        FileDescriptor(open(folder_.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
    SocketTable sockets;
    const SteadyClock clock;
    KernelObserver observer({.processes = processes,
                             .sockets = sockets,
                             .clock = clock,
                             .list_processes = [] { return std::vector<pid_t>{7}; },
                             .list_all_processes = [] { return std::vector<pid_t>{7}; },
                             .open_process = [](pid_t) { return FileDescriptor(); },
                             .is_wrapper = [](pid_t) { return false; },
                             .starters = {},
                             .has_news = [] { return false; },
                             .our_pipes = [] { return std::vector<ino_t>(); }});
    return observer.obscurity({});
  }

 private:
  std::filesystem::path path(std::string_view name) { return folder_.path() / "7" / name; }
  void write(std::string_view name, std::string_view text) { std::ofstream(path(name)) << text; }

  ScratchFolder folder_ = ScratchFolder::make(std::filesystem::temp_directory_path()).value();
};

TEST(ObscurityTest, SaysWhereNothingInterruptsAThread) {
  EXPECT_EQ(FakeProcess("0 0x0 0x0 0x0 0x0 0x0 0x0 0x0 0x0", 'D').obscurity(),
            "fake is blocked in read() (wait channel a_disk), which nothing interrupts");
  EXPECT_EQ(FakeProcess("-1 0x0 0x0", 'D').obscurity(),
            "fake is blocked in a page fault (wait channel a_disk), which nothing interrupts");
  EXPECT_EQ(FakeProcess("running", 'R').obscurity(), "");
  EXPECT_EQ(FakeProcess("56 0x0 0x0 0x0 0x0 0x0 0x0 0x0", 'D', "dup_mmap").obscurity(), "")
      << "it waits for what its own processes do";
}

class SandboxStartTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, SandboxStartTest, ::testing::Values(Isolation::kSandbox),
                         testing::tier_name);

TEST_P(SandboxStartTest, SaysThatItDoesNotKnowWhereTheProgramHasNotBeenStartedYet) {
  const testing::LeasedProgram program;
  Bench bench(GetParam());
  bench.plan.policy.readable.push_back(program.folder());
  const auto cell = bench.open(Role::kServer);
  if (!program.is_leased()) GTEST_SKIP() << "no lease on files of " << program.folder();
  ASSERT_TRUE(cell->start({program.path()}));
  cell->end_waits_by(bench.clock.now() + 100ms);
  const auto listening = cell->await_listening();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().kind, CellFailure::Kind::kNeverListened);
  EXPECT_EQ(listening.error().grade, QuietGrade::kUnknown) << listening.error().message;
  // As root also where another program, setpriv, is what becomes it.
  EXPECT_THAT(listening.error().message, HasSubstr("the program has not been started yet"));
}

TEST_P(KernelObserverTest, SettlesWhereARuntimeKeepsHouse) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kAccept +
                                         "import threading, time\n"
                                         "def keep_house():\n"
                                         "    while True: time.sleep(0.02)\n"
                                         "threading.Thread(target=keep_house).start()\n"
                                         "c.recv(6)\n"
                                         "c.recv(6)\n");
  ASSERT_FALSE(cell->send(1, "HELLO\n"));
  const StreamEvent event = cell->await(1, false);
  EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet);
  EXPECT_EQ(event.grade, QuietGrade::kSettled) << event.bytes;
  EXPECT_THAT(event.bytes, HasSubstr("blocked in recv() on this connection"));
}

// The thread's read end of the pipe is the one that has a timer: of the process, it is a pipe.
TEST_P(KernelObserverTest, DoesNotTakeTheDescriptorsOfAProcessForThoseOfEachThread) {
  Bench bench(GetParam());
  const auto cell =
      connected(bench, kAccept +
                           "import ctypes, struct, threading\n"
                           "libc = ctypes.CDLL(None, use_errno=True)\n"
                           "r, w = os.pipe()\n"
                           "def answer():\n"
                           "    assert libc.unshare(0x400) == 0\n"
                           "    c.recv(6)\n"
                           "    timer = libc.timerfd_create(1, 0)\n"
                           "    when = struct.pack('4q', 0, 0, 0, 400000000)\n"
                           "    assert libc.timerfd_settime(timer, 0, when, None) == 0\n"
                           "    os.dup2(timer, r)\n"
                           "    os.read(r, 8)\n"
                           "    c.sendall(b'late')\n"
                           "threading.Thread(target=answer).start()\n");
  ASSERT_FALSE(cell->send(1, "HELLO\n"));
  EXPECT_EQ(cell->await(1, false).bytes, "late");
}

// One thread reads, and another looks now and then for what it has read.
TEST_P(KernelObserverTest, WaitsForAThreadThatMayAnswerWhenItWakesByTheClock) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kAccept +
                                         "import threading, time\n"
                                         "read = []\n"
                                         "def answer():\n"
                                         "    while True:\n"
                                         "        time.sleep(0.4)\n"
                                         "        while read: c.sendall(read.pop())\n"
                                         "threading.Thread(target=answer).start()\n"
                                         "while True: read.append(c.recv(6))\n");
  for (int i = 0; i < 3; ++i) {
    ASSERT_FALSE(cell->send(1, "HELLO\n"));
    EXPECT_EQ(cell->await(1, false).bytes, "HELLO\n");
  }
}

TEST_P(KernelObserverTest, ProvesThatAProgramDoesNotEnd) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kAccept + "s.accept()\n");
  const auto exit = cell->await_exit(ExitWait::kDue);
  ASSERT_FALSE(exit);
  EXPECT_EQ(exit.error().kind, CellFailure::Kind::kNotExited);
  EXPECT_EQ(exit.error().grade, QuietGrade::kProven);
  EXPECT_THAT(exit.error().message, HasSubstr("blocked in accept()"));
}

const std::string kPollsForClients =
    "import select\n"
    "def clients(ms):\n"
    "    p = select.poll()\n"
    "    p.register(s, select.POLLIN)\n"
    "    return p.poll(ms)\n"
    "c.recv(6)\n"
    "c.close()\n";

// As a Python server does that uses serve_forever().
TEST_P(KernelObserverTest, SeesThatAServerThatPollsWaitsForItsNextClient) {
  for (const ExitWait wait : {ExitWait::kPossible, ExitWait::kCrashOnly, ExitWait::kUnlikely}) {
    Bench bench(GetParam());
    const auto cell = connected(bench, kAccept + kPollsForClients + "while True: clients(50)\n");
    ASSERT_FALSE(cell->send(1, "QUIT!\n"));
    EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream);
    cell->close(1);
    const auto exit = cell->await_exit(wait);
    ASSERT_FALSE(exit);
    EXPECT_EQ(exit.error().kind, CellFailure::Kind::kNotExited);
    EXPECT_EQ(exit.error().grade, QuietGrade::kSettled) << exit.error().message;
  }
}

struct Ending {
  const char* what;
  ExitWait wait;
  std::string script;  // after kPollsForClients; ends with status 7
};

// What ends by a timer, or by another thread, has not gone back to serve.
TEST_P(KernelObserverTest, DoesNotTakeAServerForOneThatServesOnWhileItMayStillEnd) {
  for (const Ending& row : {
           Ending{"ends by its timer", ExitWait::kPossible, "clients(300)\nos._exit(7)\n"},
           Ending{"has a thread that ends it", ExitWait::kCrashOnly,
                  "import threading, time\n"
                  "def end():\n    time.sleep(0.3)\n    os._exit(7)\n"
                  "threading.Thread(target=end).start()\n"
                  "while True: clients(50)\n"},
           Ending{"polls, and an exit is due", ExitWait::kDue,
                  "for _ in range(6): clients(50)\nos._exit(7)\n"},
       }) {
    Bench bench(GetParam());
    const auto cell = connected(bench, kAccept + kPollsForClients + row.script);
    ASSERT_FALSE(cell->send(1, "QUIT!\n"));
    EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream);
    EXPECT_EQ(cell->await_exit(row.wait), (ExitStatus{.by_signal = false, .value = 7})) << row.what;
  }
}

TEST_P(KernelObserverTest, WaitsForOutputUntilItIsThereThoughTheProgramRunsOn) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kAccept +
                                         "import time\ntime.sleep(0.1)\nprint('one', flush=True)\n"
                                         "time.sleep(0.1)\nprint('two', flush=True)\n"
                                         "time.sleep(1000)\n");
  const auto written = cell->await_output([&] { return cell->output().bytes == "one\ntwo\n"; });
  EXPECT_TRUE(written) << written.error().message;
}

// The former connection stays half open for as long as we like, and is no reason to expect
// anything.
TEST_P(KernelObserverTest, ProvesBesideAConnectionThatOnlyTheProgramHasClosed) {
  Bench bench(GetParam());
  bench.patience.silence = 40ms;
  bench.patience.answer = 30s;  // after a minute the kernel forgets it, and all would be proven
  const auto cell =
      connected(bench, kAccept + "c.recv(6)\nc.close()\nd, _ = s.accept()\nd.recv(1)\n");
  ASSERT_FALSE(cell->send(1, "HELLO\n"));
  EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream);
  ASSERT_EQ(cell->connect(), 2);
  const StreamEvent event = cell->await(2, false);
  EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet);
  EXPECT_EQ(event.grade, QuietGrade::kProven) << event.bytes;
}

TEST_P(KernelObserverTest, WaitsForAnAnswerHoweverLateItComes) {
  Bench bench(GetParam());
  const auto cell =
      connected(bench, kAccept + "import time\nc.recv(6)\ntime.sleep(0.3)\nc.sendall(b'late')\n");
  ASSERT_FALSE(cell->send(1, "HELLO\n"));
  EXPECT_EQ(cell->await(1, false).bytes, "late");
}

TEST_P(KernelObserverTest, IsNotDeceivedByRelaysOfThreadsAndProcesses) {
  Bench bench(GetParam());
  const auto cell =
      connected(bench, kAccept +
                           "pipes = [os.pipe() for _ in range(20)]\n"
                           "for i in range(19):\n"
                           "    if os.fork() == 0:\n"
                           "        while True:\n"
                           "            os.write(pipes[i + 1][1], os.read(pipes[i][0], 1))\n"
                           "while True:\n"
                           "    c.recv(1)\n"
                           "    os.write(pipes[0][1], b'x')\n"
                           "    c.sendall(os.read(pipes[19][0], 1))\n");
  for (int i = 0; i < 200; ++i) {
    ASSERT_FALSE(cell->send(1, "?"));
    const StreamEvent event = cell->await(1, false);
    ASSERT_EQ(event.bytes, "x") << "at question " << i;
  }
}

}  // namespace
}  // namespace chatspec
