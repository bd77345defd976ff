#include "harness/cell/fake_cell.h"

#include <cassert>
#include <utility>

namespace chatspec {

FakeCell::FakeCell(Role implementation, std::unique_ptr<FakePeer> peer, QuietGrade grade,
                   std::filesystem::path folder)
    : side_(implementation), peer_(std::move(peer)), grade_(grade), folder_(std::move(folder)) {}

FakeCell::Connection& FakeCell::at(ConnectionId connection) {
  assert(connection >= 1);
  // A client may send on a connection that it has opened and we have not accepted.
  while (connections_.size() < static_cast<std::size_t>(connection)) connections_.emplace_back();
  return connections_[static_cast<std::size_t>(connection - 1)];
}

void FakeCell::act(const FakeActions& actions) {
  for (const auto& action : actions) {
    if (!exit_) act(action);
  }
}

void FakeCell::act(const FakeAction& action) {
  switch (action.kind) {
    case FakeAction::Kind::kConnect:
      ++connecting_;
      return;
    case FakeAction::Kind::kSend:
      at(action.connection)
          .arrivals.push_back({.kind = StreamEvent::Kind::kBytes, .bytes = action.bytes});
      return;
    case FakeAction::Kind::kEndStream:
      at(action.connection).ending = StreamEvent{.kind = StreamEvent::Kind::kEndOfStream};
      return;
    case FakeAction::Kind::kReset:
      at(action.connection).ending = StreamEvent{.kind = StreamEvent::Kind::kReset};
      return;
    case FakeAction::Kind::kPrint:
      output_.bytes += action.bytes;
      return;
    case FakeAction::Kind::kPrintError:
      errors_.bytes += action.bytes;
      return;
    case FakeAction::Kind::kExit:
      exit_ = action.exit;
      for (auto& connection : connections_) {
        if (!connection.ending)
          connection.ending = StreamEvent{.kind = StreamEvent::Kind::kEndOfStream};
      }
      return;
  }
}

CellFailure FakeCell::failure(CellFailure::Kind kind, std::string message) const {
  if (interrupted_) return {.kind = CellFailure::Kind::kInterrupted, .message = "interrupted"};
  if (exit_)
    return {.kind = CellFailure::Kind::kExited, .message = "it ended first", .exit = exit_};
  return {.kind = kind, .message = std::move(message), .exit = {}, .grade = grade_};
}

std::expected<std::string, CellFailure> FakeCell::add_file(std::string_view name,
                                                           std::string_view content) {
  files_[std::string(name)] = content;
  return (folder_ / name).string();
}

std::string FakeCell::read_file(std::string_view name, std::size_t from, std::size_t most) {
  const auto file = files_.find(std::string(name));
  if (file == files_.end() || from >= file->second.size()) return {};
  return file->second.substr(from, most);
}

std::expected<void, CellFailure> FakeCell::start(const std::vector<std::string>& argv) {
  if (argv.empty()) {
    return std::unexpected(failure(CellFailure::Kind::kNotStarted, "no program was given"));
  }
  act(peer_->on_start(argv));
  return {};
}

std::expected<std::string, CellFailure> FakeCell::await_listening() {
  assert(side_ == Role::kServer);
  if (!interrupted_ && !exit_ && peer_->listens()) return "127.0.0.1:15000";
  return std::unexpected(failure(CellFailure::Kind::kNeverListened, "it does not listen"));
}

std::expected<Cell::ConnectionId, CellFailure> FakeCell::connect() {
  assert(side_ == Role::kServer);
  if (interrupted_ || exit_ || !peer_->listens()) {
    return std::unexpected(failure(CellFailure::Kind::kNoConnection, "connection refused"));
  }
  connections_.emplace_back();
  const auto connection = static_cast<ConnectionId>(connections_.size());
  act(peer_->on_connect(connection));
  return connection;
}

std::expected<Cell::ConnectionId, CellFailure> FakeCell::accept() {
  assert(side_ == Role::kClient);
  const bool waiting = accepted_ < connecting_;
  if (interrupted_ || !waiting) {
    return std::unexpected(failure(CellFailure::Kind::kNoConnection, "it did not connect"));
  }
  const ConnectionId connection = ++accepted_;
  Connection& accepted = at(connection);
  if (exit_ && !accepted.ending)
    accepted.ending = StreamEvent{.kind = StreamEvent::Kind::kEndOfStream};
  act(peer_->on_connect(connection));
  return connection;
}

std::optional<StreamEvent> FakeCell::send(ConnectionId connection, std::string_view bytes) {
  if (interrupted_) return StreamEvent{.kind = StreamEvent::Kind::kInterrupted};
  Connection& peer = at(connection);
  if (exit_ || (peer.ending && peer.ending->kind == StreamEvent::Kind::kReset)) {
    return StreamEvent{.kind = StreamEvent::Kind::kReset};
  }
  if (!peer_->reads()) {
    return StreamEvent{
        .kind = StreamEvent::Kind::kQuiet, .bytes = "it stopped reading", .grade = grade_};
  }
  peer.sent += bytes;
  act(peer_->on_bytes(connection, bytes));
  return std::nullopt;
}

bool FakeCell::await_taken(ConnectionId) {
  return !interrupted_ && !exit_ && peer_->reads();
}

std::string FakeCell::take_arrived(ConnectionId connection) {
  std::string bytes;
  for (const StreamEvent& arrival : std::exchange(at(connection).arrivals, {}))
    bytes += arrival.bytes;
  return bytes;
}

StreamEvent FakeCell::await(ConnectionId connection, bool) {
  if (interrupted_) return {.kind = StreamEvent::Kind::kInterrupted};
  Connection& peer = at(connection);
  if (peer.closed_by_us) return {.kind = StreamEvent::Kind::kEndOfStream};
  if (!peer.arrivals.empty()) {
    StreamEvent event = std::move(peer.arrivals.front());
    peer.arrivals.pop_front();
    return event;
  }
  if (peer.ending) return *peer.ending;
  return {.kind = StreamEvent::Kind::kQuiet,
          .bytes = "the fake has nothing to do",
          .grade = grade_,
          .last_seen = {.activity = Activity::kReading,
                        .system_call = "recv",
                        .bytes_read = peer.sent.size(),
                        .bytes_unread = 0}};
}

void FakeCell::half_close(ConnectionId connection) {
  act(peer_->on_end(connection));
}

void FakeCell::close(ConnectionId connection) {
  at(connection).closed_by_us = true;
  act(peer_->on_end(connection));
}

void FakeCell::reset(ConnectionId connection) {
  at(connection).closed_by_us = true;
  act(peer_->on_reset(connection));
}

std::expected<void, CellFailure> FakeCell::await_output(const std::function<bool()>& complete) {
  if (exit_ || complete()) return {};
  if (const auto exit = await_exit(ExitWait::kDue); exit || complete()) return {};
  return std::unexpected(failure(CellFailure::Kind::kNotExited, "the fake does not end"));
}

std::expected<ExitStatus, CellFailure> FakeCell::await_exit(ExitWait wait) {
  const bool waits_long_enough = wait != ExitWait::kUnlikely || !peer_->is_slow();
  if (!exit_ && !interrupted_ && waits_long_enough) act(peer_->on_idle());
  if (exit_) return *exit_;
  if (interrupted_) return std::unexpected(failure(CellFailure::Kind::kInterrupted, ""));
  return std::unexpected(failure(CellFailure::Kind::kNotExited, "the fake does not end"));
}

std::string FakeCell::end_program() {
  for (auto& connection : connections_) connection.closed_by_us = true;
  exit_.reset();
  return peer_->on_stop();
}

std::string FakeCell::stop() {
  return std::exchange(stopped_, true) ? std::string() : end_program();
}

}  // namespace chatspec
