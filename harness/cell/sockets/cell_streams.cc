#include "harness/cell/sockets/cell_streams.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <poll.h>

#include <fmt/format.h>
#include <sys/socket.h>

#include "harness/cell/cell_failure.h"
#include "harness/cell/reading.h"

namespace chatspec {
namespace {

// The state of a connect() in progress: 0 when connected, EINPROGRESS, or why it failed.
int connecting_state(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  if (is_faulted(KernelPlace::kSocketOption) ||
      getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
    return errno;
  }
  if (error != 0) return error;
  return Address::remote_end(socket).family() == AF_UNSPEC ? EINPROGRESS : 0;
}

// Whether it is a server that keeps us from connecting, and not our machine or the network.
bool is_the_servers_doing(int error) {
  return error == ECONNREFUSED || error == ECONNABORTED || error == ETIMEDOUT || error == EPIPE;
}

// What nobody but its program can have done to a network of its own, which was in order when it was
// made: no port is left for us, the loopback interface is down, a filter forbids it.
bool is_done_to_network(int error) {
  constexpr std::array kDone{EADDRNOTAVAIL, ENETUNREACH, EHOSTUNREACH, ENETDOWN, EACCES, EPERM};
  return std::ranges::find(kDone, error) != kDone.end();
}

CellFailure connect_failure(const Address& address, int error, CellStreams::Network network) {
  const bool is_done = network == CellStreams::Network::kItsOwn && is_done_to_network(error);
  if (!is_the_servers_doing(error) && !is_done)
    return trouble_failure(fmt::format("cannot connect to {}", address.to_string()), error);
  const std::string_view how = !is_done ? ""
                               : error == EADDRNOTAVAIL
                                   ? "; its program has taken every port of the cell's network"
                                   : "; its program has changed the cell's network";
  return {
      .kind = CellFailure::Kind::kNoConnection,
      .message = fmt::format("connecting to {}: {}{}", address.to_string(), strerror(error), how),
      .grade = error == ECONNREFUSED || is_done ? QuietGrade::kProven : QuietGrade::kDeadline};
}

StreamEvent event_of(const WaitResult& result) {
  switch (result.how) {
    case WaitResult::How::kInterrupted:
      return {.kind = StreamEvent::Kind::kInterrupted};
    case WaitResult::How::kTrouble:
      return {.kind = StreamEvent::Kind::kTrouble, .bytes = result.trouble};
    case WaitResult::How::kQuiet:
    case WaitResult::How::kDone:
      break;
  }
  assert(result.how == WaitResult::How::kQuiet);
  return {.kind = StreamEvent::Kind::kQuiet,
          .bytes = result.finding.evidence,
          .grade = result.finding.grade,
          .last_seen = result.finding.last_seen};
}

}  // namespace

std::expected<FileDescriptor, CellFailure> make_own_socket(int family) {
  FileDescriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return std::unexpected(trouble_failure("cannot make a socket", errno));
  return socket;
}

Connection& CellStreams::at(ConnectionId connection) {
  assert(connection >= 1 &&
         static_cast<std::size_t>(connection) <= loop_.pump().connections().size());
  return loop_.pump().connections()[static_cast<std::size_t>(connection - 1)];
}

Cell::ConnectionId CellStreams::add_connection(FileDescriptor socket) {
  loop_.pump().connections().emplace_back(std::move(socket));
  return static_cast<ConnectionId>(loop_.pump().connections().size());
}

std::expected<Cell::ConnectionId, CellFailure> CellStreams::open_connection(
    const Address& address, std::chrono::nanoseconds patience) {
  auto made = make_socket_(address.family());
  if (!made) return std::unexpected(made.error());
  FileDescriptor socket = *std::move(made);
  int error = 0;
  if (::connect(socket.get(), address.data(), address.size()) != 0) error = errno;
  if (error == EINPROGRESS) {
    const pollfd writable{.fd = socket.get(), .events = POLLOUT, .revents = 0};
    const auto result = loop_.wait_for(
        {.nothing = "no connection came about", .patience = patience, .others = {&writable, 1}},
        [&] { return (error = connecting_state(socket.get())) != EINPROGRESS; });
    if (result.how == WaitResult::How::kQuiet) {
      return std::unexpected(CellFailure{
          .kind = CellFailure::Kind::kNoConnection,
          .message =
              fmt::format("connecting to {}: {}", address.to_string(), result.finding.evidence),
          .last_seen = result.finding.last_seen});
    }
    if (result.how != WaitResult::How::kDone) return std::unexpected(broken_off_failure(result));
  }
  // Refused is ECONNREFUSED: this connection came about, and was reset before we looked at it.
  const bool reset = error == ECONNRESET;
  if (error != 0 && !reset) return std::unexpected(connect_failure(address, error, network_));
  const ConnectionId connection = add_connection(std::move(socket));
  if (reset) at(connection).note_reset();
  return connection;
}

std::optional<StreamEvent> CellStreams::send(ConnectionId connection, std::string_view bytes) {
  Connection& peer = at(connection);
  const pollfd writable{.fd = peer.fd(), .events = POLLOUT, .revents = 0};
  const TimePoint begin = loop_.clock().now();
  const auto patiences = WaitLoop::patiences_for(bytes.size());
  while (!bytes.empty()) {
    std::optional<std::size_t> sent = peer.push(bytes);
    if (sent == std::size_t{0}) {
      const auto result =
          loop_.wait_for({.nothing = "nothing more was read of what we send",
                          .connection = connection,
                          .patience = patiences * loop_.patience().answer,
                          .since = begin,
                          .others = {&writable, 1},
                          .is_due = true},
                         [&] { return (sent = peer.push(bytes)) != std::size_t{0}; });
      if (result.how != WaitResult::How::kDone) return event_of(result);
    }
    if (!sent)
      return peer.error() != 0 ? ended(peer) : StreamEvent{.kind = StreamEvent::Kind::kReset};
    bytes.remove_prefix(*sent);
    loop_.note_given(*sent);
  }
  return std::nullopt;
}

bool CellStreams::await_taken(ConnectionId connection) {
  Connection& peer = at(connection);
  bool taken = false;
  const auto settled = [&] {
    if (!peer.open_for_reading()) return true;
    const auto seen = loop_.observer().has_taken(peer.view());
    taken = seen.value_or(false);
    return taken || !seen;
  };
  loop_.wait_for({.nothing = "not all that we sent was read",
                  .connection = connection,
                  .patience = loop_.patience().silence,
                  .recheck = true},
                 settled);
  return taken;
}

std::string CellStreams::take_arrived(ConnectionId connection) {
  Connection& peer = at(connection);
  if (peer.open_for_reading() && peer.has_room()) peer.pull();
  return peer.take();
}

void CellStreams::begin_answer(std::size_t bytes) {
  due_ = Due{.since = loop_.clock().now(), .patiences = WaitLoop::patiences_for(bytes)};
}

StreamEvent CellStreams::await(ConnectionId connection, bool expect_silence) {
  Connection& peer = at(connection);
  const Due due = due_.value_or(Due{.since = loop_.clock().now()});
  const auto result = loop_.wait_for(
      {.nothing = due.begun ? "the rest did not arrive" : "nothing arrived",
       .connection = connection,
       .patience =
           due.patiences * (expect_silence ? loop_.patience().silence : loop_.patience().answer),
       .since = due.since,
       .is_due = !expect_silence},
      [&] { return peer.has_bytes() || !peer.open_for_reading(); });
  if (result.how != WaitResult::How::kDone) return event_of(result);
  if (due_) due_->begun = true;
  if (peer.has_bytes()) return {.kind = StreamEvent::Kind::kBytes, .bytes = peer.take()};
  return ended(peer);
}

// The end of the cell's supervisor is the end of its processes, and of their connections: that is
// none of their doing.
StreamEvent CellStreams::ended(const Connection& peer) {
  if (auto trouble = loop_.trouble())
    return {.kind = StreamEvent::Kind::kTrouble, .bytes = *std::move(trouble)};
  if (peer.ending() == Connection::Ending::kReset) return {.kind = StreamEvent::Kind::kReset};
  return {.kind = StreamEvent::Kind::kEndOfStream};
}

CellStreams::Said CellStreams::said() const {
  Said said;
  for (const Connection& connection : loop_.pump().connections()) {
    const ConnectionView view = connection.view();
    ++said.connections;
    if (view.we_ended) ++said.ended;
    if (view.socket < 0) ++said.closed;
    said.bytes += view.sent;
  }
  return said;
}

void CellStreams::close_all() {
  for (auto& connection : loop_.pump().connections()) connection.close();
}

}  // namespace chatspec
