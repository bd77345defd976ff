// chat-server and chat-client against peers that do not keep to the protocol.

#include <csignal>
#include <string>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reference/files.h"
#include "reference/program/child.h"
#include "reference/signature.h"

namespace chat {
namespace {

using asio::ip::tcp;
using ::testing::HasSubstr;

// A server with the key k, and a connection to it.
class ServerUnderTest {
 public:
  explicit ServerUnderTest(std::vector<std::string> options = {})
      : server_("chat-server", arguments(options), folder_.at("output")) {
    socket_.connect({asio::ip::address_v4::loopback(), server_.await_port()});
  }

  void send(std::string_view bytes) { asio::write(socket_, asio::buffer(bytes)); }
  void half_close() { socket_.shutdown(tcp::socket::shutdown_send); }
  // Closes with RST.
  void reset() {
    socket_.set_option(asio::socket_base::linger(true, 0));
    socket_.close();
  }

  std::string read(std::size_t size) {
    std::string bytes(size, '\0');
    std::error_code error;
    bytes.resize(asio::read(socket_, asio::buffer(bytes), error));
    return bytes;
  }

  // Everything up to the end of the stream, and how that came about if not by FIN.
  std::string read_to_end() {
    std::string bytes;
    std::error_code error;
    asio::read(socket_, asio::dynamic_buffer(bytes), error);
    if (error != asio::error::eof) bytes += "<" + error.message() + ">";
    return bytes;
  }

  Ended end() {
    socket_.close();
    return server_.wait();
  }

  Child& server() { return server_; }

 private:
  std::vector<std::string> arguments(std::vector<std::string> options) {
    options.insert(options.begin(), {"0", folder_.write("keys", "k\n")});
    return options;
  }

  TestFolder folder_;
  Child server_;
  asio::io_context io_;
  tcp::socket socket_{io_};
};

TEST(HostileClientTest, AViolationClosesWithoutAReplyAndIsSaid) {
  struct Row {
    std::string_view sent, received, error;
  };
  constexpr Row kRows[] = {
      {"HELO\n", "", R"(expected HELLO, received "HELO" (STATE-1))"},
      {"HELLO\n\x1b[2J\nDATA\n", "260 OK\n",
       R"(expected DATA or QUIT, received "\x1b[2J" (STATE-2))"},
      {"HELLO\nHELLO\n", "260 OK\n", R"(expected DATA or QUIT, received "HELLO" (STATE-2))"},
  };
  for (const Row& row : kRows) {
    ServerUnderTest test;
    test.send(row.sent);
    EXPECT_EQ(test.read_to_end(), row.received);
    const Ended ended = test.end();
    EXPECT_EQ(ended.status, 3);
    EXPECT_THAT(ended.errors, HasSubstr(row.error));
  }
}

TEST(HostileClientTest, BytesBehindAViolationDoNotTurnTheCloseIntoAReset) {
  ServerUnderTest test;
  test.send("HELLO\nHELO\n");
  EXPECT_EQ(test.read(7), "260 OK\n");
  test.send(std::string(1 << 20, 'x'));
  EXPECT_EQ(test.read_to_end(), "");
  EXPECT_EQ(test.end().status, 3);
}

TEST(HostileClientTest, TheEndOfTheStreamInMidMessageBringsNoSignature) {
  ServerUnderTest test;
  test.send("HELLO\nDATA\ntext\n.");
  test.half_close();
  EXPECT_EQ(test.read_to_end(), "260 OK\n");
  EXPECT_EQ(test.end().status, 3);
}

TEST(HostileClientTest, AllAtOnceIsAnsweredThoughTheClientHasHalfClosed) {
  ServerUnderTest test;
  test.send("HELLO\nDATA\na\n.\nPASS\nQUIT\n");
  test.half_close();
  EXPECT_EQ(test.read_to_end(), "260 OK\n270 SIG\n" + sha256_hex("ak") + "\n260 OK\n");
  EXPECT_EQ(test.end().status, 0);
}

TEST(HostileClientTest, AResetEndsTheServerWithAnErrorAndNotWithASignal) {
  ServerUnderTest test;
  test.send("HELLO\n");
  EXPECT_EQ(test.read(7), "260 OK\n");
  test.reset();
  const Ended ended = test.end();
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.errors, HasSubstr("Connection reset by peer"));
}

TEST(HostileClientTest, ASilentClientIsGivenUp) {
  ServerUnderTest test({"--idle-timeout", "1"});
  EXPECT_EQ(test.read_to_end(), "");
  const Ended ended = test.end();
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.errors, HasSubstr("nothing moved for 1 s"));
}

TEST(HostileClientTest, LimitsHold) {
  ServerUnderTest unit({"--max-unit", "10"});
  unit.send("HELLOHELLOHELLO");
  EXPECT_EQ(unit.read_to_end(), "");
  EXPECT_THAT(unit.end().errors, HasSubstr("received a unit of more than 10 bytes"));

  ServerUnderTest message({"--max-message", "3"});
  message.send("HELLO\nDATA\nabcd");
  EXPECT_EQ(message.read_to_end(), "260 OK\n");
  EXPECT_THAT(message.end().errors, HasSubstr("received a message of more than 3 bytes"));
}

TEST(HostileClientTest, SigtermEndsAServerInMidSessionCleanly) {
  ServerUnderTest test;
  test.send("HELLO\nDATA\nhalf a li");
  EXPECT_EQ(test.read(7), "260 OK\n");
  test.server().signal(SIGTERM);
  EXPECT_EQ(test.server().wait().status, 0);
  EXPECT_THAT(test.server().output(), HasSubstr("HELLO\n"));
}

TEST(HostileClientTest, AServerThatKeepsServingSurvivesAViolation) {
  ServerUnderTest test({"--keep-serving"});
  test.send("HELO\n");
  EXPECT_EQ(test.read_to_end(), "");
  test.server().signal(SIGTERM);
  const Ended ended = test.server().wait();
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.errors, HasSubstr(R"(expected HELLO, received "HELO")"));
}

// A client with one message "a", and a server that sends `replies` at once and ends its stream.
Ended run_client_against(std::string_view replies) {
  const TestFolder folder;
  asio::io_context io;
  tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  Child client("chat-client",
               {"127.0.0.1", std::to_string(acceptor.local_endpoint().port()),
                folder.write("m", "2\na\n"), folder.write("s", sha256_hex("ak"))},
               folder.at("output"));
  tcp::socket socket = acceptor.accept();
  asio::write(socket, asio::buffer(replies));
  socket.shutdown(tcp::socket::shutdown_send);
  std::string sent;
  std::error_code end;
  asio::read(socket, asio::dynamic_buffer(sent), end);
  EXPECT_EQ(end, asio::error::eof);
  return client.wait();
}

TEST(HostileServerTest, AWrongReplyEndsTheClientWithAnError) {
  const Ended wrong = run_client_against("500 NO\n");
  EXPECT_EQ(wrong.status, 3);
  EXPECT_THAT(wrong.errors, HasSubstr(R"("500 NO)"));

  const Ended nothing = run_client_against("");
  EXPECT_EQ(nothing.status, 3);
  EXPECT_THAT(nothing.errors, HasSubstr("expected 260 OK, received the end of the stream"));
}

TEST(HostileServerTest, AServerThatSendsWithoutEndIsNotReadForEver) {
  const Ended ended = run_client_against(std::string(1 << 20, 'x'));
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.errors, HasSubstr("received"));
}

}  // namespace
}  // namespace chat
