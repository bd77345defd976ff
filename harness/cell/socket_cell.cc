#include "harness/cell/socket_cell.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>

#include <fmt/format.h>
#include <sys/stat.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// What no descriptor tells of is checked again at first often, then after a part of the time that
// has passed, so that a slow program loses little and its neighbours keep the processor.
constexpr auto kFirstRecheck = 50us;
constexpr auto kQuickRecheck = 500us;
constexpr int kRecheckPart = 16;
// A thread that used so much of the patience for something on a processor, and did not do it, is in
// a loop. That is so no sooner on a fast machine, and no later on a busy one.
constexpr int kProcessorParts = 3;
constexpr int kPatienceParts = 5;
// What is long has the patience once more for each so many bytes, up to a multiple.
constexpr std::size_t kBytesPerPatience = 4096;
constexpr std::size_t kMostPatiences = 60;

std::size_t patiences_for(std::size_t bytes) {
  return std::min(1 + bytes / kBytesPerPatience, kMostPatiences);
}

std::string to_text(std::chrono::nanoseconds time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  return ms % 1000 == 0 ? fmt::format("{} s", ms / 1000) : fmt::format("{} ms", ms);
}

// The state of a connect() in progress: 0 when connected, EINPROGRESS, or why it failed.
int connecting_state(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  if (error != 0) return error;
  return Address::remote_end(socket).family() == AF_UNSPEC ? EINPROGRESS : 0;
}

// Whether it is our machine or the network that keeps us from connecting, and no server.
bool is_own_trouble(int error) {
  constexpr std::array kOwn{EADDRNOTAVAIL, ENOBUFS, ENOMEM, ENETUNREACH,
                            EHOSTUNREACH,  EACCES,  EPERM,  EAFNOSUPPORT};
  return std::ranges::find(kOwn, error) != kOwn.end();
}

CellFailure connect_failure(const Address& address, int error) {
  if (is_own_trouble(error))
    return trouble_failure(fmt::format("cannot connect to {}", address.to_string()), error);
  return {.kind = CellFailure::Kind::kNoConnection,
          .message = fmt::format("connecting to {}: {}", address.to_string(), strerror(error)),
          .grade = error == ECONNREFUSED ? QuietGrade::kProven : QuietGrade::kDeadline};
}

StreamEvent quiet_event(const QuietFinding& finding) {
  return {.kind = StreamEvent::Kind::kQuiet,
          .bytes = finding.evidence,
          .grade = finding.grade,
          .last_seen = finding.last_seen};
}

}  // namespace

CellFailure interrupted_failure() {
  return {.kind = CellFailure::Kind::kInterrupted, .message = "the run was interrupted"};
}

CellFailure trouble_failure(std::string message) {
  return {.kind = CellFailure::Kind::kTrouble, .message = std::move(message)};
}

CellFailure trouble_failure(std::string_view what, int error) {
  return trouble_failure(fmt::format("{}: {}", what, strerror(error)));
}

SocketCell::SocketCell(const CellSurroundings& surroundings)
    : surroundings_(surroundings),
      pump_(surroundings.interrupt, surroundings.clock),
      observer_(std::make_unique<DeadlineObserver>()) {}

std::vector<ConnectionView> SocketCell::views() {
  std::vector<ConnectionView> views;
  for (const Connection& connection : pump_.connections()) views.push_back(connection.view());
  return views;
}

SocketCell::WaitResult SocketCell::wait_for(const WaitFor& wait,
                                            const std::function<bool()>& done) {
  const Clock& clock = surroundings_.clock;
  observer_->begin(
      {.connection = wait.connection.transform([](ConnectionId id) { return std::size_t(id - 1); }),
       .serving = wait.serving});
  const TimePoint begin = wait.since.value_or(clock.now());
  WaitLimit limit(*observer_, begin,
                  {.patience = wait.patience,
                   .processor_time = fair_processor_time(wait),
                   .is_late = begin + wait.patience <= clock.now()});
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
    if (const auto grade = limit.check(now, views())) {
      return {.how = WaitResult::How::kQuiet, .finding = describe_end(wait, *grade, limit)};
    }
    if (now >= next_look) {
      finding = observer_->look(views());
      next_look = clock.now() + observer_->interval();
    }
    next = finding ? now : std::min(limit.deadline(), next_look);
    if (wait.recheck) {
      next = std::min(next, now + recheck);
      recheck = std::min(recheck * 2, std::max<std::chrono::nanoseconds>(
                                          kQuickRecheck, (now - begin) / kRecheckPart));
    }
  }
}

// Whoever was given much may have much to compute.
std::chrono::nanoseconds SocketCell::fair_processor_time(const WaitFor& wait) const {
  if (!wait.is_due) return 0ns;
  return patiences_for(given_bytes_) * wait.patience * kProcessorParts / kPatienceParts;
}

QuietFinding SocketCell::describe_end(const WaitFor& wait, QuietGrade grade,
                                      const WaitLimit& limit) {
  std::string evidence =
      grade == QuietGrade::kBusy
          ? fmt::format("used {} of processor time, and {}", to_text(limit.used()), wait.nothing)
          : fmt::format("{} for {}", wait.nothing, to_text(wait.patience));
  evidence += "; " + state();
  const std::string seen = grade == QuietGrade::kUnknown ? limit.obscurity() : observer_->state();
  if (!seen.empty()) evidence += "; " + seen;
  // What cannot be told from outside has no name either.
  LastSeen last_seen = observer_->last_seen();
  if (grade == QuietGrade::kUnknown) last_seen.activity = Activity::kUnknown;
  return {.grade = grade, .last_seen = std::move(last_seen), .evidence = std::move(evidence)};
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
  auto made = make_socket(address.family());
  if (!made) return std::unexpected(made.error());
  FileDescriptor socket = *std::move(made);
  int error = 0;
  if (::connect(socket.get(), address.data(), address.size()) != 0) error = errno;
  if (error == EINPROGRESS) {
    const pollfd writable{.fd = socket.get(), .events = POLLOUT, .revents = 0};
    const auto result = wait_for(
        {.nothing = "no connection came about", .patience = patience, .others = {&writable, 1}},
        [&] { return (error = connecting_state(socket.get())) != EINPROGRESS; });
    if (result.how == WaitResult::How::kInterrupted) return std::unexpected(interrupted_failure());
    if (result.how == WaitResult::How::kQuiet) {
      return std::unexpected(CellFailure{
          .kind = CellFailure::Kind::kNoConnection,
          .message =
              fmt::format("connecting to {}: {}", address.to_string(), result.finding.evidence),
          .last_seen = result.finding.last_seen});
    }
  }
  // Refused is ECONNREFUSED: this connection came about, and was reset before we looked at it.
  const bool reset = error == ECONNRESET;
  if (error != 0 && !reset) return std::unexpected(connect_failure(address, error));
  const ConnectionId connection = add_connection(std::move(socket));
  if (reset) at(connection).note_reset();
  return connection;
}

std::expected<FileDescriptor, CellFailure> SocketCell::make_socket(int family) {
  FileDescriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return std::unexpected(trouble_failure("cannot make a socket", errno));
  return socket;
}

std::expected<std::string, CellFailure> SocketCell::add_file(std::string_view name,
                                                             std::string_view content) {
  const std::string path = (folder() / name).string();
  const FileDescriptor file(openat(folder_descriptor(), std::string(name).c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644));
  // The program may be another user than we are, and whoever started us may have taken rights off.
  if (file && fchmod(file.get(), 0644) != 0) {
    return std::unexpected(trouble_failure("letting others read " + path, errno));
  }
  given_bytes_ += content.size();
  std::string_view rest = content;
  while (file && !rest.empty()) {
    const ssize_t written = write(file.get(), rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return std::unexpected(trouble_failure("writing " + path, errno));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (!file) return std::unexpected(trouble_failure("writing " + path, errno));
  return path;
}

std::optional<StreamEvent> SocketCell::send(ConnectionId connection, std::string_view bytes) {
  Connection& peer = at(connection);
  const pollfd writable{.fd = peer.fd(), .events = POLLOUT, .revents = 0};
  const TimePoint begin = surroundings_.clock.now();
  const auto patiences = patiences_for(bytes.size());
  while (!bytes.empty()) {
    std::optional<std::size_t> sent = peer.push(bytes);
    if (sent == std::size_t{0}) {
      const auto result = wait_for({.nothing = "nothing more was read of what we send",
                                    .connection = connection,
                                    .patience = patiences * patience().answer,
                                    .since = begin,
                                    .others = {&writable, 1},
                                    .is_due = true},
                                   [&] { return (sent = peer.push(bytes)) != std::size_t{0}; });
      if (result.how == WaitResult::How::kInterrupted) {
        return StreamEvent{.kind = StreamEvent::Kind::kInterrupted};
      }
      if (result.how == WaitResult::How::kQuiet) {
        return quiet_event(result.finding);
      }
    }
    if (!sent) return StreamEvent{.kind = StreamEvent::Kind::kReset};
    bytes.remove_prefix(*sent);
    given_bytes_ += *sent;
  }
  return std::nullopt;
}

bool SocketCell::await_taken(ConnectionId connection) {
  Connection& peer = at(connection);
  bool taken = false;
  const auto settled = [&] {
    if (!peer.open_for_reading()) return true;
    const auto seen = observer_->has_taken(peer.view());
    taken = seen.value_or(false);
    return taken || !seen;
  };
  wait_for({.nothing = "not all that we sent was read",
            .connection = connection,
            .patience = patience().silence,
            .recheck = true},
           settled);
  return taken;
}

std::string SocketCell::take_arrived(ConnectionId connection) {
  Connection& peer = at(connection);
  if (peer.open_for_reading() && peer.has_room()) peer.pull();
  return peer.take();
}

void SocketCell::begin_answer(std::size_t bytes) {
  due_ = Due{.since = surroundings_.clock.now(), .patiences = patiences_for(bytes)};
}

StreamEvent SocketCell::await(ConnectionId connection, bool expect_silence) {
  Connection& peer = at(connection);
  const Due due = due_.value_or(Due{.since = surroundings_.clock.now()});
  const auto result = wait_for(
      {.nothing = due.begun ? "the rest did not arrive" : "nothing arrived",
       .connection = connection,
       .patience = due.patiences * (expect_silence ? patience().silence : patience().answer),
       .since = due.since,
       .is_due = !expect_silence},
      [&] { return peer.has_bytes() || !peer.open_for_reading(); });
  if (result.how == WaitResult::How::kInterrupted) return {.kind = StreamEvent::Kind::kInterrupted};
  if (result.how == WaitResult::How::kQuiet) {
    return quiet_event(result.finding);
  }
  if (due_) due_->begun = true;
  if (peer.has_bytes()) return {.kind = StreamEvent::Kind::kBytes, .bytes = peer.take()};
  if (peer.ending() == Connection::Ending::kReset) return {.kind = StreamEvent::Kind::kReset};
  return {.kind = StreamEvent::Kind::kEndOfStream};
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
