#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"
#include "harness/cell/process/process_cell.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using testing::Bench;
using testing::connected;
using ::testing::HasSubstr;
using testing::python;
using testing::received;

class ProcessCellExchangeTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, ProcessCellExchangeTest, testing::every_tier(), testing::tier_name);

constexpr auto* kEcho =
    "s = socket.create_server(('127.0.0.1', port))\n"
    "c, _ = s.accept()\n"
    "while data := c.recv(65536): c.sendall(data)\n";
constexpr auto* kAcceptAndPause =
    "s = socket.create_server(('127.0.0.1', port))\n"
    "c, _ = s.accept()\n"
    "signal.pause()\n";

TEST_P(ProcessCellExchangeTest, CarriesBytesBothWays) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kEcho);
  EXPECT_FALSE(cell->send(1, "HELLO\n"));
  EXPECT_EQ(received(*cell, 6), "HELLO\n");
  cell->half_close(1);
  EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream);
  EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream) << "it stays at its end";
}

TEST_P(ProcessCellExchangeTest, ReadsWhileItSendsSoThatAnEchoCannotDeadlock) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kEcho);
  const std::string much(std::size_t{12} << 20, 'x');
  EXPECT_FALSE(cell->send(1, much));
  EXPECT_EQ(received(*cell, much.size()), much);
}

TEST_P(ProcessCellExchangeTest, FindsQuietWithItsEvidenceAtTheDeadline) {
  Bench bench(GetParam());
  bench.plan.observes = false;
  bench.patience.silence = 20ms;
  const auto cell = connected(bench, kAcceptAndPause);
  const StreamEvent event = cell->await(1, true);
  EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet);
  EXPECT_EQ(event.grade, QuietGrade::kDeadline);
  EXPECT_EQ(event.bytes, "nothing arrived for 20 ms; the process is still running");
}

TEST_P(ProcessCellExchangeTest, GivesAnAnswerOneDeadlineHoweverItDrips) {
  Bench bench(GetParam());
  bench.patience.answer = 300ms;
  const auto cell = connected(bench,
                              "s = socket.create_server(('127.0.0.1', port))\n"
                              "c, _ = s.accept()\n"
                              "import time\n"
                              "while True: c.sendall(b'2'); time.sleep(0.01)\n");
  cell->begin_answer(7);
  StreamEvent event{.kind = StreamEvent::Kind::kBytes};
  for (int i = 0; i < 10'000 && event.kind == StreamEvent::Kind::kBytes; ++i)
    event = cell->await(1, false);
  EXPECT_EQ(event.kind, StreamEvent::Kind::kQuiet);
  EXPECT_EQ(event.grade, QuietGrade::kDeadline);
  EXPECT_THAT(event.bytes, HasSubstr("the rest did not arrive for 300 ms"));
}

TEST_P(ProcessCellExchangeTest, TellsInTheEvidenceThatTheProcessHadEnded) {
  Bench bench(GetParam());
  bench.plan.observes = false;
  bench.patience.silence = 10ms;
  const auto cell = connected(bench,
                              "s = socket.create_server(('127.0.0.1', port))\n"
                              "c, _ = s.accept()\n"
                              "if os.fork() == 0: signal.pause()\n"
                              "sys.exit(4)\n");
  ASSERT_TRUE(cell->await_exit(ExitWait::kDue));
  EXPECT_EQ(cell->await(1, true).bytes,
            "nothing arrived for 10 ms; the process had ended (exit status 4)");
}

TEST_P(ProcessCellExchangeTest, GivesUpSendingToWhatDoesNotRead) {
  Bench bench(GetParam());
  bench.plan.observes = false;
  bench.patience.answer = 50ms;
  const auto cell = connected(bench, kAcceptAndPause);
  const auto event = cell->send(1, std::string(std::size_t{64} << 20, 'x'));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->kind, StreamEvent::Kind::kQuiet);
  EXPECT_THAT(event->bytes, HasSubstr("nothing more was read"));
}

TEST_P(ProcessCellExchangeTest, DeliversWhatArrivedBeforeAReset) {
  Bench bench(GetParam());
  const auto cell = connected(bench,
                              "import struct\n"
                              "s = socket.create_server(('127.0.0.1', port))\n"
                              "c, _ = s.accept()\n"
                              "c.sendall(b'260 OK\\n')\n"
                              "c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,"
                              " struct.pack('ii', 1, 0))\n"
                              "c.close()\n");
  ASSERT_TRUE(cell->await_exit(ExitWait::kDue));
  EXPECT_EQ(received(*cell, 7), "260 OK\n");
  EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kReset);
  EXPECT_EQ(cell->send(1, "PASS\n")->kind, StreamEvent::Kind::kReset);
}

TEST_P(ProcessCellExchangeTest, DeliversWhatArrivedBeforeAResetThatASendMet) {
  Bench bench(GetParam());
  // It leaves our bytes unread, so its end resets the connection while we go on sending.
  const auto cell = connected(bench,
                              "s = socket.create_server(('127.0.0.1', port))\n"
                              "c, _ = s.accept()\n"
                              "c.recv(1)\n"
                              "c.sendall(b'bye')\n"
                              "c.close()\n"
                              "s.accept()\n");
  const auto event = cell->send(1, std::string(std::size_t{64} << 20, 'x'));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->kind, StreamEvent::Kind::kReset);
  EXPECT_EQ(cell->await(1, false).bytes, "bye");
  EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kReset);
}

TEST_P(ProcessCellExchangeTest, SeesTheEndOfTheStreamAndTheStatusOfAProcessThatEnded) {
  Bench bench(GetParam());
  const auto cell = connected(bench,
                              "s = socket.create_server(('127.0.0.1', port))\n"
                              "c, _ = s.accept()\n"
                              "c.sendall(b'last words')\n"
                              "sys.exit(5)\n");
  EXPECT_EQ(received(*cell, 10), "last words");
  EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream);
  EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 5}));
}

TEST_P(ProcessCellExchangeTest, ResetsAConnection) {
  Bench bench(GetParam());
  const auto cell = connected(bench,
                              "s = socket.create_server(('127.0.0.1', port))\n"
                              "c, _ = s.accept()\n"
                              "try: c.recv(1)\n"
                              "except ConnectionResetError: sys.exit(9)\n");
  cell->reset(1);
  EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 9}));
}

TEST_P(ProcessCellExchangeTest, ClosesInOrderEvenWithSomethingUnread) {
  Bench bench(GetParam());
  const auto cell = connected(bench,
                              "s = socket.create_server(('127.0.0.1', port))\n"
                              "c, _ = s.accept()\n"
                              "c.sendall(b'unread')\n"
                              "print('sent', flush=True)\n"
                              "sys.exit(len(c.recv(1)))\n");
  while (cell->output().bytes.empty()) {
    cell->await_taken(1);
  }
  cell->close(1);
  EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
}

TEST_P(ProcessCellExchangeTest, KnowsThatAllWasTaken) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kEcho);
  EXPECT_FALSE(cell->send(1, "HELLO\n"));
  EXPECT_TRUE(cell->await_taken(1));
}

TEST_P(ProcessCellExchangeTest, KnowsThatSomethingWasNotTaken) {
  Bench bench(GetParam());
  const auto cell = connected(bench, kAcceptAndPause);
  EXPECT_FALSE(cell->send(1, "HELLO\n"));
  EXPECT_FALSE(cell->await_taken(1));
}

TEST_P(ProcessCellExchangeTest, KnowsWhatAServerOfBothFamiliesTook) {
  Bench bench(GetParam());
  const auto cell = connected(bench,
                              "s = socket.create_server(('::', port), family=socket.AF_INET6,"
                              " dualstack_ipv6=True)\n"
                              "c, _ = s.accept()\n"
                              "while c.recv(1): pass\n");
  EXPECT_FALSE(cell->send(1, "HELLO\n"));
  EXPECT_TRUE(cell->await_taken(1));
}

TEST_P(ProcessCellExchangeTest, IsNotHeldUpByOutputWithoutEnd) {
  Bench bench(GetParam());
  bench.patience.silence = 50ms;
  const auto cell = connected(bench,
                              "s = socket.create_server(('127.0.0.1', port))\n"
                              "c, _ = s.accept()\n"
                              "c.sendall(b'ready')\n"
                              "while True: os.write(1, b'x' * 65536)\n");
  EXPECT_EQ(received(*cell, 5), "ready");
  EXPECT_EQ(cell->await(1, true).kind, StreamEvent::Kind::kQuiet);
  EXPECT_EQ(cell->stop(), "");
}

TEST_P(ProcessCellExchangeTest, KeepsABoundedAmountOfOutput) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "for i in range(33 << 4): os.write(1, b'x' * 65536)\n"
                                 "os.write(2, b'done')\n")));
  EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
  cell->stop();
  EXPECT_EQ(cell->output().bytes.size(), kMaxOutputBytes);
  EXPECT_TRUE(cell->output().truncated);
  EXPECT_EQ(cell->errors().bytes, "done");
  EXPECT_FALSE(cell->errors().truncated);
}

// Whether the request comes before or during the wait, nothing else can end it.
TEST_P(ProcessCellExchangeTest, AnInterruptEndsEveryWait) {
  const std::vector<std::pair<const char*, bool (*)(Cell&)>> waits = {
      {"await",
       [](Cell& cell) { return cell.await(1, false).kind == StreamEvent::Kind::kInterrupted; }},
      {"await silence",
       [](Cell& cell) { return cell.await(1, true).kind == StreamEvent::Kind::kInterrupted; }},
      {"send",
       [](Cell& cell) {
         const auto event = cell.send(1, std::string(std::size_t{64} << 20, 'x'));
         return event && event->kind == StreamEvent::Kind::kInterrupted;
       }},
      {"await_taken", [](Cell& cell) { return !cell.send(1, "untaken") && !cell.await_taken(1); }},
      {"await_exit",
       [](Cell& cell) {
         const auto exit = cell.await_exit(ExitWait::kDue);
         return !exit && exit.error().kind == CellFailure::Kind::kInterrupted;
       }},
  };
  for (const auto& [name, wait] : waits) {
    Bench bench(GetParam());
    bench.plan.observes = false;
    const auto cell = connected(bench, kAcceptAndPause);
    std::thread user([&] { bench.interrupt.request(); });
    EXPECT_TRUE(wait(*cell)) << name;
    user.join();
  }
}

TEST_P(ProcessCellExchangeTest, AnInterruptEndsTheWaitForAServerAndForAClient) {
  for (const Role side : {Role::kServer, Role::kClient}) {
    Bench bench(GetParam());
    bench.plan.observes = false;
    const auto cell = bench.open(side);
    ASSERT_TRUE(cell->start(python(*cell, "signal.pause()")));
    std::thread user([&] { bench.interrupt.request(); });
    const auto kind =
        side == Role::kServer ? cell->await_listening().error().kind : cell->accept().error().kind;
    EXPECT_EQ(kind, CellFailure::Kind::kInterrupted);
    user.join();
  }
}

}  // namespace
}  // namespace chatspec
