#include "reference/program/pacer.h"

#include <algorithm>
#include <poll.h>
#include <string>
#include <thread>
#include <vector>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <gtest/gtest.h>

#include "reference/program/child.h"
#include "reference/signature.h"

namespace chat {
namespace {

using asio::ip::tcp;
using std::chrono::milliseconds;
using View = PeerSocket::View;

// A connection of this process with itself.
struct Ends {
  explicit Ends(const tcp::endpoint& listening, const asio::ip::address& reached) {
    tcp::acceptor acceptor(io, listening);
    ours.connect({reached, acceptor.local_endpoint().port()});
    theirs = acceptor.accept();
  }

  std::string receive() {
    std::string bytes(4096, '\0');
    bytes.resize(theirs.receive(asio::buffer(bytes)));
    return bytes;
  }

  asio::io_context io;
  tcp::socket ours{io};
  tcp::socket theirs{io};
};

struct Family {
  std::string_view name;
  tcp::endpoint listening;
  asio::ip::address reached;
};

TEST(PeerSocketTest, WhatThePeerHasNotReadIsSeenOverBothFamiliesAndTheirMixture) {
  const asio::ip::address v4 = asio::ip::address_v4::loopback();
  const asio::ip::address v6 = asio::ip::address_v6::loopback();
  const Family families[] = {
      {"IPv4", {v4, 0}, v4}, {"IPv6", {v6, 0}, v6}, {"IPv4 mapped into IPv6", {tcp::v6(), 0}, v4}};
  for (const Family& family : families) {
    Ends ends(family.listening, family.reached);
    PeerSocket theirs(ends.ours);
    EXPECT_EQ(theirs.look(0), View::kTaken) << family.name;
    asio::write(ends.ours, asio::buffer("DATA", 4));
    EXPECT_EQ(theirs.look(4), View::kPending) << family.name;
    EXPECT_EQ(ends.receive(), "DATA");
    EXPECT_EQ(theirs.look(4), View::kTaken) << family.name;
    EXPECT_EQ(theirs.look(5), View::kPending) << "the fifth byte is under way";

    PeerSocket ours(ends.theirs);
    asio::write(ends.theirs, asio::buffer("OK", 2));
    EXPECT_EQ(ours.look(2), View::kPending) << family.name;
  }
}

TEST(PeerSocketTest, OfAPeerThatWasClosedOrIsElsewhereNothingIsSeen) {
  const asio::ip::address loopback = asio::ip::address_v4::loopback();
  Ends ends({loopback, 0}, loopback);
  PeerSocket theirs(ends.ours);
  ends.theirs.set_option(asio::socket_base::linger(true, 0));
  ends.theirs.close();
  EXPECT_EQ(theirs.look(0), View::kUnseen);

  tcp::socket unconnected(ends.io);
  EXPECT_EQ(PeerSocket(unconnected).look(0), View::kUnseen);
}

// A pacer that looks at what stands in `views`, one after the other, and then at the last again.
struct PacedOn {
  explicit PacedOn(std::vector<View> all, milliseconds pause = milliseconds(0))
      : views(std::move(all)),
        pacer(
            io.get_executor(),
            [this](std::uint64_t) { return views[std::min(looks++, views.size() - 1)]; }, pause) {}

  // Whether the next unit went within the call itself; runs until it has gone.
  bool goes_at_once() {
    bool gone = false;
    pacer.when_taken([&] { gone = true; });
    const bool at_once = gone;
    io.restart();
    io.run();
    EXPECT_TRUE(gone);
    return at_once;
  }

  asio::io_context io;
  std::vector<View> views;
  std::size_t looks = 0;
  Pacer pacer;
};

TEST(PacerTest, TheFirstUnitGoesWithoutALook) {
  PacedOn test({View::kPending});
  EXPECT_TRUE(test.goes_at_once());
  EXPECT_EQ(test.looks, 0U);
}

TEST(PacerTest, AUnitGoesAsSoonAsThePeerIsSeenToHaveTakenTheOneBefore) {
  PacedOn taken({View::kTaken});
  taken.pacer.sent(4);
  EXPECT_TRUE(taken.goes_at_once());

  PacedOn pending({View::kPending, View::kPending, View::kPending, View::kTaken});
  pending.pacer.sent(4);
  EXPECT_FALSE(pending.goes_at_once());
  EXPECT_EQ(pending.looks, 4U);
}

TEST(PacerTest, APeerThatIsSeenNotToHaveReadIsWaitedForThoughItHasAnswered) {
  PacedOn test({View::kPending, View::kTaken});
  test.pacer.sent(4);
  test.pacer.heard();
  EXPECT_FALSE(test.goes_at_once());
}

TEST(PacerTest, NothingIsKeptBackFromAPeerThatIsGone) {
  PacedOn test({View::kPending, View::kUnseen}, milliseconds(1'000'000));
  test.pacer.sent(4);
  EXPECT_FALSE(test.goes_at_once());
  EXPECT_EQ(test.looks, 2U);
}

TEST(PacerTest, APeerThatCannotBeSeenHasTakenAUnitWhenItAnswersOrAfterThePause) {
  PacedOn answers({View::kUnseen}, milliseconds(1'000'000));
  answers.pacer.sent(4);
  answers.pacer.heard();
  EXPECT_TRUE(answers.goes_at_once());

  PacedOn silent({View::kUnseen}, milliseconds(30));
  const auto begin = std::chrono::steady_clock::now();
  silent.pacer.sent(4);
  EXPECT_FALSE(silent.goes_at_once());
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(30));

  PacedOn unpaused({View::kUnseen}, milliseconds(0));
  unpaused.pacer.sent(4);
  EXPECT_TRUE(unpaused.goes_at_once());
}

TEST(PacerTest, WhoIsHurriedWaitsNoLonger) {
  PacedOn test({View::kPending});
  test.pacer.sent(4);
  bool gone = false;
  test.pacer.when_taken([&] { gone = true; });
  EXPECT_FALSE(gone);
  test.pacer.hurry();
  test.io.run();
  EXPECT_TRUE(gone);
}

// One receive, with room for much more than a unit. The peer is given every chance to have sent
// more until then: what it does next depends on us alone.
std::string receive_late(tcp::socket& socket) {
  socket.wait(tcp::socket::wait_read);
  for (int turn = 0; turn < 50; ++turn) std::this_thread::yield();
  std::string bytes(4096, '\0');
  bytes.resize(socket.receive(asio::buffer(bytes)));
  return bytes;
}

constexpr int kExchanges = 100;

TEST(ProgramsInBareTest, TheServersReplyAndSignatureNeverComeInOneReceive) {
  const TestFolder folder;
  std::string keys;
  for (int i = 0; i < kExchanges; ++i) keys += "k\n";
  Child server("chat-server", {"0", folder.write("keys", keys), "--profile", "bare"},
               folder.at("output"));
  asio::io_context io;
  tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), server.await_port()});
  socket.set_option(tcp::no_delay(true));
  const auto send = [&](std::string_view unit) { asio::write(socket, asio::buffer(unit)); };
  send("HELLO");
  EXPECT_EQ(receive_late(socket), "260 OK");
  for (int i = 0; i < kExchanges; ++i) {
    send("DATA");
    send("a\n.");
    ASSERT_EQ(receive_late(socket), "270 SIG");
    ASSERT_EQ(receive_late(socket), sha256_hex("ak"));
    send("PASS");
    ASSERT_EQ(receive_late(socket), "260 OK");
  }
  send("QUIT");
  socket.close();
  EXPECT_EQ(server.wait().status, 0);
}

TEST(ProgramsInBareTest, TheClientsDataAndTextNeverComeInOneReceive) {
  const TestFolder folder;
  asio::io_context io;
  tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  std::string messages;
  std::string signatures;
  for (int i = 0; i < kExchanges; ++i) {
    messages += "2\na\n";
    signatures += sha256_hex("ak") + '\n';
  }
  Child client("chat-client",
               {"127.0.0.1", std::to_string(acceptor.local_endpoint().port()),
                folder.write("m", messages), folder.write("s", signatures), "--profile", "bare"},
               folder.at("output"));
  tcp::socket socket = acceptor.accept();
  socket.set_option(tcp::no_delay(true));
  const auto send = [&](std::string_view unit) { asio::write(socket, asio::buffer(unit)); };
  EXPECT_EQ(receive_late(socket), "HELLO");
  send("260 OK");
  for (int i = 0; i < kExchanges; ++i) {
    ASSERT_EQ(receive_late(socket), "DATA");
    ASSERT_EQ(receive_late(socket), "a\n.");
    send("270 SIG" + sha256_hex("ak"));
    ASSERT_EQ(receive_late(socket), "PASS");
    send("260 OK");
  }
  EXPECT_EQ(receive_late(socket), "QUIT");
  socket.close();
  EXPECT_EQ(client.wait().status, 0);
}

TEST(ProgramsInBareTest, AServerThatSpeaksOutOfTurnAndReadsNothingGetsNoTextAndEndsTheClient) {
  const TestFolder folder;
  asio::io_context io;
  tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  Child client(
      "chat-client",
      {"127.0.0.1", std::to_string(acceptor.local_endpoint().port()), folder.write("m", "2\na\n"),
       folder.write("s", sha256_hex("ak")), "--profile", "bare"},
      folder.at("output"));
  tcp::socket socket = acceptor.accept();
  EXPECT_EQ(receive_late(socket), "HELLO");
  asio::write(socket, asio::buffer("260 OK", 6));
  socket.wait(tcp::socket::wait_read);
  asio::write(socket, asio::buffer("500 NO", 6));
  pollfd until_end{.fd = socket.native_handle(), .events = POLLRDHUP, .revents = 0};
  EXPECT_EQ(poll(&until_end, 1, -1), 1);
  std::string unread;
  std::error_code end;
  asio::read(socket, asio::dynamic_buffer(unread), end);
  EXPECT_EQ(end, asio::error::eof);
  EXPECT_EQ(unread, "DATA");
  socket.close();
  EXPECT_EQ(client.wait().status, 3);
}

}  // namespace
}  // namespace chat
