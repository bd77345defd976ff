#include "harness/cell/process_cell.h"

#include <algorithm>
#include <cassert>
#include <cerrno>

#include <fmt/format.h>
#include <sys/socket.h>

namespace chatspec {
namespace {

constexpr int kBacklog = 64;

std::unexpected<CellFailure> failure(CellFailure::Kind kind, std::string message) {
  return std::unexpected(CellFailure{.kind = kind, .message = std::move(message)});
}

std::expected<FileDescriptor, CellFailure> listen_on_loopback() {
  FileDescriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const Address any_port = Address::loopback(AF_INET, 0);
  if (!listener || bind(listener.get(), any_port.data(), any_port.size()) != 0 ||
      listen(listener.get(), kBacklog) != 0) {
    return std::unexpected(trouble_failure("cannot listen on 127.0.0.1", errno));
  }
  return listener;
}

// An address of another interface is not what the client side of a scenario was told to connect to.
bool is_within_reach(const Address& address) {
  return address.is_wildcard() || address.is_loopback();
}

}  // namespace

ProcessCell::ProcessCell(const CellSurroundings& surroundings, ScratchFolder folder,
                         PortReservation port, ObserverMaker make_observer)
    : SocketCell(surroundings),
      folder_(std::move(folder)),
      reservation_(std::move(port)),
      make_observer_(std::move(make_observer)) {}

ProcessCell::ProcessCell(const CellSurroundings& surroundings, ScratchFolder folder,
                         FileDescriptor listener, ObserverMaker make_observer)
    : SocketCell(surroundings),
      folder_(std::move(folder)),
      listener_(std::move(listener)),
      make_observer_(std::move(make_observer)) {}

ProcessCell::~ProcessCell() {
  stop();
  set_observer(nullptr);  // it may refer to members of ours, which end before those of the base
}

int ProcessCell::port() const {
  return listener_ ? Address::local_end(listener_.get()).port() : reservation_.port();
}

std::expected<void, CellFailure> ProcessCell::start(const std::vector<std::string>& argv) {
  assert(!process_ && !stopped_);
  const std::string mark = ProcessTree::new_mark();
  auto process = Process::start(argv, folder(), {mark, "PWD=" + folder().native()});
  if (!process) return std::unexpected(process.error());
  process_.emplace(std::move(*process));
  tree_.emplace(process_->pid(), mark, folder());
  pump().watch_process(process_->pidfd());
  pump().watch_output(process_->take_output(), process_->take_errors());
  if (make_observer_) set_observer(make_observer_(*tree_, table()));
  return {};
}

std::string ProcessCell::state() const {
  if (is_running()) return "the process is still running";
  if (!process_) return "nothing was started";
  return fmt::format("the process had ended ({})", to_string(*process_->exit()));
}

bool ProcessCell::nobody_left() const {
  // A process that forks and ends while the table is read may hide its child from one reading; a
  // chain of such would have to hit the same gap every time.
  constexpr int kReadings = 4;
  for (int i = 0; i < kReadings; ++i) {
    if (is_running() || !tree_->living().empty()) return false;
  }
  return true;
}

CellFailure ProcessCell::exited_failure(std::string_view before_what) const {
  return {.kind = CellFailure::Kind::kExited,
          .message = fmt::format("the process ended before it {} ({})", before_what,
                                 to_string(*process_->exit())),
          .exit = process_->exit()};
}

bool ProcessCell::is_ours(ino_t listening_socket) const {
  const auto holds = [&](const std::optional<std::vector<ino_t>>& sockets) {
    return sockets && std::ranges::find(*sockets, listening_socket) != sockets->end();
  };
  if (holds(open_sockets(process_->pid()))) return true;  // mostly so, and much cheaper
  const auto sockets = tree_->sockets();
  return !sockets || holds(sockets);
}

std::optional<Address> ProcessCell::find_server() {
  const auto listening = table().listening(reservation_.port());
  if (!listening) return std::nullopt;
  for (const auto& socket : *listening) {
    if (is_within_reach(socket.address) && is_ours(socket.inode)) return socket.address;
  }
  return std::nullopt;
}

std::string ProcessCell::instead_of_server(const std::string& evidence) {
  std::string others;
  const auto ours = tree_->sockets().value_or(std::vector<ino_t>{});
  const auto listening = table().listening().value_or(std::vector<ListeningSocket>{});
  for (const auto& socket : listening) {
    if (std::ranges::find(ours, socket.inode) == ours.end()) continue;
    others += (others.empty() ? "" : ", ") + socket.address.to_string();
  }
  return fmt::format("it does not listen on port {} of 127.0.0.1 ({}){}", port(), evidence,
                     others.empty() ? "" : "; instead it listens on " + others);
}

std::expected<std::string, CellFailure> ProcessCell::await_listening() {
  assert(process_ && !listener_);
  if (!table().listening(reservation_.port())) {
    return failure(CellFailure::Kind::kTrouble,
                   "the kernel does not show its table of sockets (NETLINK_SOCK_DIAG)");
  }
  const auto result = wait_for({.awaited = {.what = Awaited::What::kListening},
                                .patience = patience().start,
                                .recheck = true},
                               [&] { return (server_ = find_server()) || nobody_left(); });
  if (server_) return server_->to_string();
  switch (result.how) {
    case WaitResult::How::kInterrupted:
      return std::unexpected(interrupted_failure());
    case WaitResult::How::kDone:
      return std::unexpected(exited_failure("listened"));
    case WaitResult::How::kQuiet:
      break;
  }
  return failure(CellFailure::Kind::kNeverListened, instead_of_server(result.finding.evidence));
}

std::expected<Cell::ConnectionId, CellFailure> ProcessCell::connect() {
  assert(process_ && !listener_);
  const Address to = server_.value_or(Address::loopback(AF_INET, reservation_.port())).reachable();
  const auto connection = open_connection(to, patience().answer);
  if (connection || connection.error().kind != CellFailure::Kind::kNoConnection) return connection;
  // A process that ends closes its sockets a moment before it has ended.
  if (await_exit(true)) return std::unexpected(exited_failure("took the connection"));
  return connection;
}

std::expected<Cell::ConnectionId, CellFailure> ProcessCell::accept() {
  assert(process_ && listener_);
  FileDescriptor accepted;
  const auto try_accept = [&] {
    accepted =
        FileDescriptor(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    return static_cast<bool>(accepted);
  };
  const pollfd ready{.fd = listener_.get(), .events = POLLIN, .revents = 0};
  const auto result =
      wait_for({.awaited = {.what = Awaited::What::kConnection},
                .patience = has_accepted_ ? patience().answer : patience().start,
                .others = {&ready, 1},
                .recheck = true},
               // Twice, because it may connect and end between the first two.
               [&] { return try_accept() || (nobody_left() && (try_accept(), true)); });
  if (accepted) {
    has_accepted_ = true;
    return add_connection(std::move(accepted));
  }
  switch (result.how) {
    case WaitResult::How::kInterrupted:
      return std::unexpected(interrupted_failure());
    case WaitResult::How::kDone:
      return std::unexpected(exited_failure("connected"));
    case WaitResult::How::kQuiet:
      break;
  }
  return failure(
      CellFailure::Kind::kNoConnection,
      fmt::format("it did not connect to 127.0.0.1:{} ({})", port(), result.finding.evidence));
}

std::optional<ExitStatus> ProcessCell::await_exit(bool expect_soon) {
  if (!process_) return std::nullopt;
  wait_for({.awaited = {.what = Awaited::What::kExit},
            .patience = expect_soon ? patience().silence : patience().answer},
           [&] { return !is_running(); });
  return process_->exit();
}

bool ProcessCell::wait_for_end(const std::vector<HeldProcess>& processes,
                               std::chrono::nanoseconds time, bool heed_interrupt) {
  close_connections();  // some wait for that before they end
  const TimePoint until = surroundings().clock.now() + time;
  std::vector<pollfd> ends;
  while (surroundings().clock.now() < until) {
    ends.clear();
    for (const auto& process : processes) {
      if (!has_ended(process)) ends.push_back({process.pidfd.get(), POLLIN, 0});
    }
    if (ends.empty()) return true;
    if (heed_interrupt && surroundings().interrupt.requested()) return false;
    pump().wait(until, ends, heed_interrupt);
  }
  return true;
}

std::string ProcessCell::stop() {
  if (stopped_) return {};
  stopped_ = true;
  std::string left_over;
  if (process_) {
    left_over = end_processes(*tree_, !is_running(), *this);
    process_->exit();
    process_->reap();
    ProcessTree::reap_orphans();
    pump().output().finish();
    pump().errors().finish();
  }
  close_connections();
  listener_.reset();
  return left_over;
}

PlainCellFactory::PlainCellFactory(const CellSurroundings& surroundings,
                                   std::filesystem::path temporary, ObserverMaker make_observer)
    : surroundings_(surroundings),
      temporary_(std::move(temporary)),
      make_observer_(std::move(make_observer)) {}

std::expected<std::unique_ptr<Cell>, CellFailure> PlainCellFactory::open(Side implementation) {
  auto folder = ScratchFolder::make(temporary_);
  if (!folder) return failure(CellFailure::Kind::kTrouble, folder.error());
  if (implementation == Side::kServer) {
    auto port = ports_.reserve();
    if (!port) return failure(CellFailure::Kind::kTrouble, "no port is free for a server");
    return std::make_unique<ProcessCell>(surroundings_, std::move(*folder), std::move(*port),
                                         make_observer_);
  }
  auto listener = listen_on_loopback();
  if (!listener) return std::unexpected(listener.error());
  return std::make_unique<ProcessCell>(surroundings_, std::move(*folder), std::move(*listener),
                                       make_observer_);
}

}  // namespace chatspec
