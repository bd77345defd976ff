#include "harness/cell/sockets/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>

#include <netinet/tcp.h>

#include "harness/cell/reading.h"

namespace chatspec {
namespace {

constexpr std::size_t kReceiveSize = std::size_t{64} << 10;
constexpr int kMaxReceivesAtOnce = 16;

// Whether an error tells of the other end, or of the network between.
bool is_about_the_peer(int error) {
  constexpr std::array kOfPeers{ECONNRESET, EPIPE,        ETIMEDOUT,   ECONNABORTED,
                                ENOTCONN,   EHOSTUNREACH, ENETUNREACH, ECONNREFUSED};
  return std::ranges::find(kOfPeers, error) != kOfPeers.end();
}

}  // namespace

Connection::Connection(FileDescriptor socket)
    : socket_(std::move(socket)),
      local_(Address::local_end(socket_.get())),
      remote_(Address::remote_end(socket_.get())) {
  fcntl(socket_.get(), F_SETFL, O_NONBLOCK);
  const int on = 1;
  setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void Connection::pull() {
  std::array<char, kReceiveSize> buffer;
  const int on = 1;
  for (int i = 0; i < kMaxReceivesAtOnce && open_for_reading() && has_room(); ++i) {
    const std::size_t room = std::min(buffer.size(), kMaxInboxBytes - inbox_.size());
    const bool fails = is_faulted(KernelPlace::kReceive);
    const ssize_t size = fails ? -1 : recv(socket_.get(), buffer.data(), room, 0);
    if (size > 0) {
      inbox_.append(buffer.data(), static_cast<std::size_t>(size));
      // The kernel forgets this in a conversation. Without it, the second of two small sends waits
      // in the peer's kernel for an acknowledgement (RFC 896, RFC 1122 4.2.3.2), here for 40 ms.
      setsockopt(socket_.get(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
    } else if (size == 0) {
      // The kernel reports a reset once. Where a write met it, reading ends as if in order.
      ending_ = reset_met_ ? Ending::kReset : Ending::kEndOfStream;
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR && is_about_the_peer(errno)) {
      ending_ = Ending::kReset;
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

std::string Connection::take() {
  return std::exchange(inbox_, {});
}

std::optional<std::size_t> Connection::push(std::string_view bytes) {
  const ssize_t size = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (size >= 0) {
    sent_ += static_cast<std::uint64_t>(size);
    return static_cast<std::size_t>(size);
  }
  if (errno == EAGAIN || errno == EINTR) return std::size_t{0};
  // EPIPE instead: the end of its stream came before the reset, and is what reading will find.
  if (errno == ECONNRESET) reset_met_ = true;
  if (!is_about_the_peer(errno)) error_ = errno;
  return std::nullopt;
}

ConnectionView Connection::view() const {
  return {.local = local_,
          .remote = remote_,
          .socket = socket_.get(),
          .sent = sent_,
          .we_ended = we_ended_,
          .open = open_for_reading()};
}

void Connection::half_close() {
  shutdown(socket_.get(), SHUT_WR);
  we_ended_ = true;
}

void Connection::close() {
  // Closing a socket with something unread resets the connection.
  half_close();
  pull();
  socket_.reset();
}

void Connection::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  socket_.reset();
}

}  // namespace chatspec
