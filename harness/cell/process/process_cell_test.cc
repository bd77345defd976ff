// Starting, listening, connecting and ending. process_cell_exchange_test.cc has what happens on
// connections, process_cell_stop_test.cc what is left behind.

#include "harness/cell/process/process_cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using testing::Bench;
using testing::connected;
using ::testing::HasSubstr;
using testing::python;

class ProcessCellTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, ProcessCellTest, testing::every_tier(), testing::tier_name);

constexpr auto* kPause = "signal.pause()\n";

TEST_P(ProcessCellTest, SeesAServerListenAndConnectsToIt) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "s = socket.create_server(('127.0.0.1', port))\n"
                                 "c, _ = s.accept()\n"
                                 "c.sendall(b'hello')\n")));
  EXPECT_EQ(cell->await_listening(), "127.0.0.1:" + std::to_string(cell->port()));
  EXPECT_EQ(cell->connect(), 1);
  EXPECT_EQ(cell->await(1, false).bytes, "hello");
  EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = false, .value = 0}));
}

// A port that is written into a program is then wrong in all scenarios but one.
TEST_P(ProcessCellTest, HasAnotherPortForEachSeedAndTheSameForTheSame) {
  if (!has_network_of_its_own()) GTEST_SKIP() << "what is free on the host's network is not ours";
  Bench bench(GetParam());
  const int port = bench.open(Role::kServer, 1)->port();
  EXPECT_EQ(bench.open(Role::kServer, 1)->port(), port);
  EXPECT_EQ(bench.open(Role::kClient, 1)->port(), port);
  EXPECT_NE(bench.open(Role::kServer, 2)->port(), port);
  EXPECT_NE(bench.open(Role::kClient, 3)->port(), port);
}

TEST_P(ProcessCellTest, WaitsForAServerThatListensLate) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "import select\n"
                                 "select.select([], [], [], 0.1)\n"
                                 "s = socket.create_server(('127.0.0.1', port))\n"
                                 "signal.pause()\n")));
  EXPECT_TRUE(cell->await_listening());
}

TEST_P(ProcessCellTest, ReachesAServerThatKnowsOnlyIpv6) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "s = socket.socket(socket.AF_INET6)\n"
                                 "s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)\n"
                                 "s.bind(('::', port))\n"
                                 "s.listen()\n"
                                 "c, _ = s.accept()\n"
                                 "c.sendall(b'six')\n")));
  EXPECT_EQ(cell->await_listening(), "[::]:" + std::to_string(cell->port()));
  EXPECT_EQ(cell->connect(), 1);
  EXPECT_EQ(cell->await(1, false).bytes, "six");
}

TEST_P(ProcessCellTest, ReachesAServerAtAnotherAddressOfTheLoopback) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "s = socket.create_server(('127.0.1.1', port))\n"
                                 "c, _ = s.accept()\n"
                                 "c.sendall(b'by name')\n")));
  EXPECT_EQ(cell->await_listening(), "127.0.1.1:" + std::to_string(cell->port()));
  EXPECT_EQ(cell->connect(), 1);
  EXPECT_EQ(cell->await(1, false).bytes, "by name");
}

TEST_P(ProcessCellTest, SeesTheSocketOfAForkedChildAsTheServers) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "if os.fork() == 0:\n"
                                 "    s = socket.create_server(('127.0.0.1', port))\n"
                                 "    s.accept()[0].sendall(b'from the child')\n"
                                 "    signal.pause()\n"
                                 "signal.pause()\n")));
  EXPECT_TRUE(cell->await_listening());
  EXPECT_EQ(cell->connect(), 1);
  EXPECT_EQ(cell->await(1, false).bytes, "from the child");
}

TEST_P(ProcessCellTest, FollowsAServerThatBecomesADaemon) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "if os.fork(): os._exit(0)\n"
                                 "os.setsid()\n"
                                 "if os.fork(): os._exit(0)\n"
                                 "s = socket.create_server(('127.0.0.1', port))\n"
                                 "signal.pause()\n")));
  const auto listening = cell->await_listening();
  EXPECT_TRUE(listening) << (listening ? "" : listening.error().message);
  EXPECT_EQ(cell->connect(), 1);
}

TEST_P(ProcessCellTest, SaysWhereAServerListensInstead) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "s = socket.create_server(('127.0.0.1', 0))\n"
                                 "print(s.getsockname()[1], flush=True)\n"
                                 "s.accept()\n")));
  const auto listening = cell->await_listening();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().kind, CellFailure::Kind::kNeverListened);
  EXPECT_EQ(listening.error().grade, QuietGrade::kProven);
  std::string port = cell->output().bytes;
  port.pop_back();
  const std::string& message = listening.error().message;
  EXPECT_THAT(message, HasSubstr("it does not listen on port " + std::to_string(cell->port())));
  EXPECT_THAT(message, HasSubstr("blocked in accept() on one of its sockets"));
  EXPECT_THAT(message, HasSubstr("instead it listens on 127.0.0.1:" + port));
}

TEST_P(ProcessCellTest, GivesUpOnAServerThatNeverListens) {
  Bench bench(GetParam());
  bench.plan.observes = false;
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell, kPause)));
  cell->end_waits_by(bench.clock.now() + 30ms);
  const auto listening = cell->await_listening();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().kind, CellFailure::Kind::kNeverListened);
  EXPECT_THAT(listening.error().message, HasSubstr("nothing listened until the time was over"));
}

// Of cells that share the host's network, another may be any process there; else it is another
// cell, whose port has the same number.
TEST_P(ProcessCellTest, DoesNotTakeAnothersSocketForTheServers) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  FileDescriptor foreign;
  std::unique_ptr<Cell> other;
  if (has_network_of_its_own()) {
    other = connected(bench,
                      "s = socket.create_server(('127.0.0.1', port))\n"
                      "c, _ = s.accept()\n"
                      "signal.pause()\n");
    ASSERT_EQ(other->port(), cell->port());
  } else {
    foreign = FileDescriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const Address address = Address::loopback(AF_INET, static_cast<std::uint16_t>(cell->port()));
    ASSERT_EQ(bind(foreign.get(), address.data(), address.size()), 0);
    ASSERT_EQ(listen(foreign.get(), 1), 0);
  }
  ASSERT_TRUE(cell->start(python(*cell, kPause)));
  const auto listening = cell->await_listening();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().kind, CellFailure::Kind::kNeverListened);
}

TEST_P(ProcessCellTest, NoticesAServerThatEndsBeforeItListens) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start({"/bin/sh", "-c", "echo oops >&2; exit 7"}));
  const auto listening = cell->await_listening();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().kind, CellFailure::Kind::kExited);
  EXPECT_EQ(listening.error().exit, (ExitStatus{.by_signal = false, .value = 7}));
  cell->stop();
  EXPECT_EQ(cell->errors().bytes, "oops\n");
  EXPECT_EQ(cell->output().bytes, "");
}

TEST_P(ProcessCellTest, NoticesThatASignalKilledIt) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start({"/bin/sh", "-c", "kill -SEGV $$"}));
  EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = true, .value = SIGSEGV}));
  const auto listening = cell->await_listening();
  ASSERT_FALSE(listening);
  EXPECT_THAT(listening.error().message, HasSubstr("signal 11 (SEGV)"));
}

TEST_P(ProcessCellTest, NoticesAServerThatEndsBeforeTheConnection) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell, "sys.exit(3)")));
  const auto connection = cell->connect();
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().kind, CellFailure::Kind::kExited);
  EXPECT_EQ(connection.error().exit, (ExitStatus{.by_signal = false, .value = 3}));
}

TEST_P(ProcessCellTest, SaysThatAConnectionWasRefused) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell, kPause)));
  const auto connection = cell->connect();
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().kind, CellFailure::Kind::kNoConnection);
  EXPECT_THAT(connection.error().message, HasSubstr("Connection refused"));
}

TEST_P(ProcessCellTest, AcceptsTheConnectionsOfAClient) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kClient);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "for name in b'one', b'two':\n"
                                 "    c = socket.create_connection(('127.0.0.1', port))\n"
                                 "    c.sendall(name)\n"
                                 "    c.close()\n")));
  ASSERT_EQ(cell->accept(), 1);
  ASSERT_EQ(cell->accept(), 2);
  EXPECT_EQ(cell->await(1, false).bytes, "one");
  EXPECT_EQ(cell->await(2, false).bytes, "two");
  EXPECT_EQ(cell->await(1, false).kind, StreamEvent::Kind::kEndOfStream);
  const auto third = cell->accept();
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, CellFailure::Kind::kExited);
}

// A client that is told a name takes any address to which it leads.
TEST_P(ProcessCellTest, IsFoundByAClientWhereverItsHostIsSaidToBe) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kClient);
  std::string hosts;
  int connections = 0;
  for (const std::string host : {"127.0.0.1", "::1", "localhost"}) {
    if (!cell->obstacle_to_host(host).empty()) continue;  // this machine does not have it
    hosts += "'" + host + "', ";
    ++connections;
  }
  ASSERT_GE(connections, 1);
  ASSERT_TRUE(cell->start(python(*cell, "for host in " + hosts +
                                            ":\n"
                                            "    for found in socket.getaddrinfo(host, port, "
                                            "type=socket.SOCK_STREAM):\n"
                                            "        c = socket.socket(found[0])\n"
                                            "        c.connect(found[4])\n"
                                            "        c.sendall(b'found')\n")));
  for (int connection = 1; connection <= connections; ++connection) {
    ASSERT_EQ(cell->accept(), connection);
    EXPECT_EQ(cell->await(connection, false).bytes, "found");
  }
}

TEST_P(ProcessCellTest, SaysWhyAClientDoesNotFindItsHost) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kClient);
  EXPECT_EQ(cell->obstacle_to_host("127.0.0.1"), "");
  EXPECT_EQ(cell->obstacle_to_host("127.0.0.2"), "127.0.0.2 is none of this cell's addresses");
  EXPECT_EQ(cell->obstacle_to_host("no.such.host.invalid"), "/etc/hosts does not have it");
}

// On the host's network, what listens at ::1 on a client's port must be the cell.
TEST(ClientsCell, HasAPortThatIsFreeOnBothAddresses) {
  Bench bench(Isolation::kPlain);
  const auto first = bench.open(Role::kClient);
  if (!first->obstacle_to_host("::1").empty()) GTEST_SKIP() << "this machine has no ::1";
  FileDescriptor other(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto port = static_cast<std::uint16_t>(first->port());
  const Address taken = Address::loopback(AF_INET6, port);
  EXPECT_NE(bind(other.get(), taken.data(), taken.size()), 0);
  EXPECT_EQ(errno, EADDRINUSE);
}

TEST_P(ProcessCellTest, GivesUpOnAClientThatNeverConnects) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kClient);
  ASSERT_TRUE(cell->start(python(*cell, kPause)));
  const auto connection = cell->accept();
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().kind, CellFailure::Kind::kNoConnection);
}

TEST_P(ProcessCellTest, ExplainsWhyAProgramCannotBeStarted) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  const auto started = cell->start({"no-such-program-anywhere"});
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, CellFailure::Kind::kNotStarted);
  EXPECT_THAT(started.error().message, HasSubstr("no-such-program-anywhere"));
  EXPECT_EQ(cell->stop(), "");
}

TEST_P(ProcessCellTest, ReadsWhatTheProgramWroteIntoItsFolder) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  EXPECT_EQ(cell->read_file("lines", 0, 100), "") << "before it is there";
  ASSERT_TRUE(cell->start(python(*cell,
                                 "import os\n"
                                 "open('lines', 'w').write('one two')\n"
                                 "os.mkfifo('pipe')\n"
                                 "os.mkdir('folder')\n"
                                 "os.symlink('/etc/passwd', 'link')\n")));
  ASSERT_TRUE(cell->await_exit(ExitWait::kDue));
  EXPECT_EQ(cell->read_file("lines", 0, 100), "one two");
  EXPECT_EQ(cell->read_file("lines", 4, 2), "tw");
  EXPECT_EQ(cell->read_file("lines", 7, 100), "");
  EXPECT_EQ(cell->read_file("lines", 100, 100), "");
  for (const char* other : {"pipe", "folder", "link", "nothing"})
    EXPECT_EQ(cell->read_file(other, 0, 100), "") << other;
}

TEST_P(ProcessCellTest, DoesNotSeeAnExitThatDoesNotHappen) {
  Bench bench(GetParam());
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell, kPause)));
  const auto exit = cell->await_exit(ExitWait::kUnlikely);
  ASSERT_FALSE(exit);
  EXPECT_EQ(exit.error().kind, CellFailure::Kind::kNotExited);
}

}  // namespace
}  // namespace chatspec
