#include "harness/cell/sockets/connection.h"

#include <array>
#include <poll.h>
#include <utility>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace chatspec {
namespace {

// Both ends of a TCP connection over the loopback.
std::pair<FileDescriptor, FileDescriptor> connect_over_loopback() {
  const FileDescriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const Address any_port = Address::loopback(AF_INET, 0);
  EXPECT_EQ(bind(listener.get(), any_port.data(), any_port.size()), 0);
  EXPECT_EQ(listen(listener.get(), 1), 0);
  const Address address = Address::local_end(listener.get());
  FileDescriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(connect(client.get(), address.data(), address.size()), 0);
  return {std::move(client),
          FileDescriptor(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC))};
}

void pull_a_byte(Connection& connection) {
  pollfd readable{.fd = connection.fd(), .events = POLLIN, .revents = 0};
  ASSERT_EQ(poll(&readable, 1, -1), 1);
  connection.pull();
  ASSERT_EQ(connection.take(), "x");
}

// Otherwise the kernel takes an exchange in turns for a conversation, in which it holds back its
// acknowledgements, and the second of a peer's two small sends waits for one.
TEST(Connection, AcknowledgesAtOnceWhatItHasReadHoweverLongTheConversation) {
  auto [near, far] = connect_over_loopback();
  Connection connection(std::move(near));
  std::array<char, 1> byte;
  for (int turn = 0; turn < 20; ++turn) {
    ASSERT_EQ(connection.push("x"), 1);
    ASSERT_EQ(recv(far.get(), byte.data(), 1, MSG_WAITALL), 1);
    ASSERT_EQ(send(far.get(), "x", 1, MSG_NOSIGNAL), 1);
    pull_a_byte(connection);
  }
  int at_once = 0;
  socklen_t size = sizeof at_once;
  ASSERT_EQ(getsockopt(connection.fd(), IPPROTO_TCP, TCP_QUICKACK, &at_once, &size), 0);
  EXPECT_EQ(at_once, 1);
}

}  // namespace
}  // namespace chatspec
