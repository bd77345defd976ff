#include "harness/cell/socket_cell.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

constexpr auto kFirstRecheck = 500us;
constexpr auto kLastRecheck = 8ms;

std::string_view nothing_of(Awaited::What what) {
  switch (what) {
    case Awaited::What::kListening:
      return "nothing listened";
    case Awaited::What::kConnection:
      return "no connection came about";
    case Awaited::What::kBytes:
      return "nothing arrived";
    case Awaited::What::kRoom:
      return "nothing more was read of what we send";
    case Awaited::What::kTaken:
      return "not all that we sent was read";
    case Awaited::What::kExit:
      return "the process did not end";
  }
  return "nothing happened";
}

std::string to_text(std::chrono::nanoseconds time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  return ms % 1000 == 0 ? fmt::format("{} s", ms / 1000) : fmt::format("{} ms", ms);
}

Awaited on(const Connection& connection, Awaited::What what) {
  return {.what = what, .local = connection.local(), .remote = connection.remote()};
}

// The state of a connect() in progress: 0 when connected, EINPROGRESS, or why it failed.
int connecting_state(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  if (error != 0) return error;
  return Address::remote_end(socket).family() == AF_UNSPEC ? EINPROGRESS : 0;
}

CellFailure connect_failure(const Address& address, int error) {
  if (error == EADDRNOTAVAIL || error == ENOBUFS || error == ENOMEM) {
    return trouble_failure("cannot connect", error);
  }
  return {.kind = CellFailure::Kind::kNoConnection,
          .message = fmt::format("connecting to {}: {}", address.to_string(), strerror(error))};
}

}  // namespace

CellFailure interrupted_failure() {
  return {.kind = CellFailure::Kind::kInterrupted, .message = "the run was interrupted"};
}

CellFailure trouble_failure(std::string_view what, int error) {
  return {.kind = CellFailure::Kind::kTrouble,
          .message = fmt::format("{}: {}", what, strerror(error))};
}

SocketCell::SocketCell(const CellSurroundings& surroundings)
    : surroundings_(surroundings),
      pump_(surroundings.interrupt, surroundings.clock),
      observer_(std::make_unique<DeadlineObserver>()) {}

SocketCell::WaitResult SocketCell::wait_for(const Wait& wait, const std::function<bool()>& done) {
  const Clock& clock = surroundings_.clock;
  const TimePoint deadline = clock.now() + wait.patience;
  TimePoint next = clock.now();  // first, what is there already
  TimePoint next_look = next + observer_->interval();
  std::chrono::nanoseconds recheck = kFirstRecheck;
  std::optional<QuietFinding> finding;
  while (true) {
    pump_.wait(next, wait.others);
    if (surroundings_.interrupt.requested()) return {.how = WaitResult::How::kInterrupted};
    if (done()) return {.how = WaitResult::How::kDone};
    if (finding) return {.how = WaitResult::How::kQuiet, .finding = *finding};
    const TimePoint now = clock.now();
    if (now >= deadline) break;
    if (now >= next_look) {
      finding = observer_->look(wait.awaited);
      next_look = clock.now() + observer_->interval();
    }
    next = finding ? now : std::min(deadline, next_look);
    if (wait.recheck) {
      next = std::min(next, now + recheck);
      recheck = std::min<std::chrono::nanoseconds>(recheck * 2, kLastRecheck);
    }
  }
  return {.how = WaitResult::How::kQuiet,
          .finding = {.grade = QuietGrade::kDeadline,
                      .evidence = fmt::format("{} for {}; {}", nothing_of(wait.awaited.what),
                                              to_text(wait.patience), state())}};
}

Connection& SocketCell::at(ConnectionId connection) {
  assert(connection >= 1 && static_cast<std::size_t>(connection) <= pump_.connections().size());
  return pump_.connections()[static_cast<std::size_t>(connection - 1)];
}

Cell::ConnectionId SocketCell::add_connection(FileDescriptor socket) {
  pump_.connections().emplace_back(std::move(socket));
  return static_cast<ConnectionId>(pump_.connections().size());
}

std::expected<Cell::ConnectionId, CellFailure> SocketCell::open_connection(
    const Address& address, std::chrono::nanoseconds patience) {
  FileDescriptor socket(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return std::unexpected(trouble_failure("cannot make a socket", errno));
  int error = 0;
  if (::connect(socket.get(), address.data(), address.size()) != 0) error = errno;
  if (error == EINPROGRESS) {
    const pollfd writable{.fd = socket.get(), .events = POLLOUT, .revents = 0};
    const auto result =
        wait_for({.awaited = {.what = Awaited::What::kConnection},
                  .patience = patience,
                  .others = {&writable, 1}},
                 [&] { return (error = connecting_state(socket.get())) != EINPROGRESS; });
    if (result.how == WaitResult::How::kInterrupted) return std::unexpected(interrupted_failure());
    if (result.how == WaitResult::How::kQuiet) {
      return std::unexpected(CellFailure{
          .kind = CellFailure::Kind::kNoConnection,
          .message =
              fmt::format("connecting to {}: {}", address.to_string(), result.finding.evidence)});
    }
  }
  // Refused is ECONNREFUSED: this connection came about, and was reset before we looked at it.
  const bool reset = error == ECONNRESET;
  if (error != 0 && !reset) return std::unexpected(connect_failure(address, error));
  const ConnectionId connection = add_connection(std::move(socket));
  if (reset) at(connection).note_reset();
  return connection;
}

std::expected<std::string, CellFailure> SocketCell::add_file(std::string_view name,
                                                             std::string_view content) {
  const std::filesystem::path path = folder() / name;
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) return std::unexpected(trouble_failure("writing " + path.string(), errno));
  return path.string();
}

std::optional<Sight> SocketCell::send(ConnectionId connection, std::string_view bytes) {
  Connection& peer = at(connection);
  const pollfd writable{.fd = peer.fd(), .events = POLLOUT, .revents = 0};
  while (!bytes.empty()) {
    std::optional<std::size_t> sent = peer.push(bytes);
    if (sent == std::size_t{0}) {
      const auto result = wait_for({.awaited = on(peer, Awaited::What::kRoom),
                                    .patience = patience().answer,
                                    .others = {&writable, 1}},
                                   [&] { return (sent = peer.push(bytes)) != std::size_t{0}; });
      if (result.how == WaitResult::How::kInterrupted) {
        return Sight{.kind = Sight::Kind::kInterrupted};
      }
      if (result.how == WaitResult::How::kQuiet) {
        return Sight{.kind = Sight::Kind::kQuiet,
                     .bytes = result.finding.evidence,
                     .grade = result.finding.grade};
      }
    }
    if (!sent) return Sight{.kind = Sight::Kind::kReset};
    bytes.remove_prefix(*sent);
  }
  return std::nullopt;
}

// First that the peer's kernel has it all, then that nothing waits there for the peer to read: the
// other way round, bytes on their way would be missed.
bool SocketCell::await_taken(ConnectionId connection) {
  Connection& peer = at(connection);
  bool unobservable = false;
  const auto taken = [&] {
    const auto unacknowledged = peer.unacknowledged();
    if (unacknowledged && *unacknowledged > 0) return !peer.open_for_reading();
    const auto end = table_.find(peer.remote(), peer.local());
    unobservable = !unacknowledged || !end;
    return unobservable || end->receive_queue == 0;
  };
  const auto result = wait_for(
      {.awaited = on(peer, Awaited::What::kTaken), .patience = patience().silence, .recheck = true},
      taken);
  return result.how == WaitResult::How::kDone && !unobservable;
}

Sight SocketCell::await(ConnectionId connection, bool expect_silence) {
  Connection& peer = at(connection);
  const auto result =
      wait_for({.awaited = on(peer, Awaited::What::kBytes),
                .patience = expect_silence ? patience().silence : patience().answer},
               [&] { return peer.has_bytes() || !peer.open_for_reading(); });
  if (result.how == WaitResult::How::kInterrupted) return {.kind = Sight::Kind::kInterrupted};
  if (result.how == WaitResult::How::kQuiet) {
    return {.kind = Sight::Kind::kQuiet,
            .bytes = result.finding.evidence,
            .grade = result.finding.grade};
  }
  if (peer.has_bytes()) return {.kind = Sight::Kind::kBytes, .bytes = peer.take()};
  if (peer.ending() == Connection::Ending::kReset) return {.kind = Sight::Kind::kReset};
  return {.kind = Sight::Kind::kEndOfStream};
}

void SocketCell::half_close(ConnectionId connection) {
  at(connection).half_close();
}
void SocketCell::close(ConnectionId connection) {
  at(connection).close();
}
void SocketCell::reset(ConnectionId connection) {
  at(connection).reset();
}

void SocketCell::close_connections() {
  for (auto& connection : pump_.connections()) connection.close();
}

}  // namespace chatspec
