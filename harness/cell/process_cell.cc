#include "harness/cell/process_cell.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <sys/socket.h>

#include "harness/cell/host_names.h"
#include "harness/cell/kernel/kernel_observer.h"
#include "harness/cell/program.h"
#include "harness/cell/supervisor/exec_program.h"

namespace chatspec {
namespace {

// An address of another interface is not what the client side of a scenario was told to connect to.
bool is_within_reach(const Address& address) {
  return address.is_wildcard() || address.is_loopback();
}

bool contains(const std::vector<ino_t>& inodes, ino_t inode) {
  return std::ranges::find(inodes, inode) != inodes.end();
}

CellFailure supervisor_lost_failure() {
  return trouble_failure("the process that keeps the cell was killed");
}

Awaited::Serving serving_that_ends(ExitWait wait) {
  switch (wait) {
    case ExitWait::kWork:
    case ExitWait::kDue:
      return Awaited::Serving::kProvesNothing;
    case ExitWait::kPossible:
      return Awaited::Serving::kAfterTimer;
    case ExitWait::kCrashOnly:
    case ExitWait::kUnlikely:
      return Awaited::Serving::kSuffices;
  }
  return Awaited::Serving::kProvesNothing;
}

// Whether accept4() found no connection to take, or one that broke off while it waited for us.
bool is_about_the_connection(int error) {
  return error == EAGAIN || error == EINTR || error == ECONNABORTED;
}

// Whether a command line begins with a relative path.
bool names_own_file(const std::vector<std::string>& argv) {
  return !argv.empty() && !argv.front().starts_with('/') &&
         argv.front().find('/') != std::string::npos;
}

// The sandbox's bubblewrap, and setpriv, which comes after it where we are root.
std::vector<FileIdentity> identify_starters(const Tier& tier) {
  std::vector<FileIdentity> starters;
  if (tier.isolation != Isolation::kSandbox) return starters;
  for (const std::string& path : {tier.policy.bubblewrap, tier.policy.setpriv}) {
    if (const auto file = identify_file(path)) starters.push_back(*file);
  }
  return starters;
}

}  // namespace

ProcessCell::ProcessCell(const CellSurroundings& surroundings, const Tier& tier, CellParts parts)
    : SocketCell(surroundings),
      tier_(tier),
      folder_(std::move(parts.folder)),
      group_(std::move(parts.group)),
      supervisor_(std::move(parts.supervisor)),
      processes_(supervisor_.take_proc()),
      port_(parts.port),
      reservation_(std::move(parts.reservation)),
      listeners_(std::move(parts.listeners)) {
  set_table(std::move(parts.sockets));
  pump().watch(supervisor_);
  if (!tier.observes) return;
  set_observer(std::make_unique<KernelObserver>(
      Observed{.processes = processes_,
               .sockets = table(),
               .clock = surroundings.clock,
               .list_processes = [this] { return list_processes(); },
               .open_process = [this](pid_t pid) { return supervisor_.process(pid); },
               .is_wrapper = [this](pid_t pid) { return is_wrapper(pid); },
               .starters = identify_starters(tier),
               .has_news = [this] { return has_news(); }}));
}

ProcessCell::~ProcessCell() {
  stop();
  set_observer(nullptr);  // it refers to members of ours, which end before those of the base
}

std::expected<FileDescriptor, CellFailure> ProcessCell::make_socket(int family) {
  if (shares_network()) return SocketCell::make_socket(family);
  auto socket = supervisor_.socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (!socket) return std::unexpected(trouble_failure(socket.error().to_string()));
  return *std::move(socket);
}

// It may take any of the addresses to which a name leads, so that all of them must be ours.
std::string ProcessCell::obstacle_to_host(const std::string& host) const {
  std::ifstream file{std::string(kHostsFile)};
  const std::string hosts{std::istreambuf_iterator<char>(file), {}};
  const std::vector<Address> addresses = find_host(host, hosts);
  if (addresses.empty()) return fmt::format("{} does not have it", kHostsFile);
  for (const Address& address : addresses) {
    const bool ours = std::ranges::any_of(listeners_, [&](const FileDescriptor& listener) {
      return Address::local_end(listener.get()).is_same_host(address);
    });
    if (!ours) return fmt::format("{} is none of this cell's addresses", address.host());
  }
  return {};
}

int ProcessCell::folder_descriptor() {
  return supervisor_.folder() ? supervisor_.folder().get() : folder_.descriptor();
}

CellFolders ProcessCell::folders() const {
  return {.own = folder(), .work = tier_.program ? folder() / kProgramFolder : folder()};
}

FileDescriptor ProcessCell::open_work_folder() {
  const std::string name(tier_.program ? kProgramFolder : ".");
  return FileDescriptor(
      openat(folder_descriptor(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

// In a process namespace there is nothing but the supervisor, which is the first, and the cell.
std::vector<pid_t> ProcessCell::list_processes() const {
  std::vector<pid_t> pids;
  if (shares_network()) {
    for (const auto& entry : processes_.descendants(supervisor_.pid())) {
      if (!entry.ended()) pids.push_back(entry.pid);
    }
    return pids;
  }
  pids = processes_.list_numbers(".").value_or(pids);
  std::erase(pids, 1);
  return pids;
}

bool ProcessCell::has_news() {
  if (pump().output().has_unread() || pump().errors().has_unread()) return true;
  if (!started_ || supervisor_.is_lost()) return false;
  if (supervisor_.exit()) return !supervisor_.is_empty() && list_processes().empty();
  const auto first = processes_.process(supervisor_.first());
  return !first || first->ended();
}

// Where bubblewrap is the first process, it tells of a signal as a shell does.
std::optional<ExitStatus> ProcessCell::exit() const {
  constexpr int kSignalled = 128;
  auto exit = supervisor_.exit();
  if (tier_.isolation == Isolation::kSandbox && exit && !exit->by_signal &&
      exit->value > kSignalled && exit->value < kSignalled + NSIG) {
    exit = ExitStatus{.by_signal = true, .value = exit->value - kSignalled};
  }
  return exit;
}

std::expected<void, CellFailure> ProcessCell::start(const std::vector<std::string>& argv) {
  assert(!started_ && !stopped_);
  const char* path = std::getenv("PATH");
  // What lies in its own folder is nothing that can be looked up from here.
  const bool own = tier_.program && names_own_file(argv);
  const auto program =
      own ? (folders().work / argv.front()).lexically_normal().native()
          : find_program(argv.empty() ? "" : argv.front(), path ? path : "/bin:/usr/bin");
  if (!program) return std::unexpected(program.error());
  auto output = make_pipe();
  auto errors = make_pipe();
  if (!output || !errors) return std::unexpected(trouble_failure("cannot make a pipe", errno));
  std::vector<std::string> arguments = argv;
  // A relative path would mean another file after the change of folder.
  if (!own && arguments.front().find('/') != std::string::npos) arguments.front() = *program;
  const StartRequest request = make_start_request(tier_.isolation, tier_.policy, folders(),
                                                  supervisor_.pid(), *program, arguments);
  StartDescriptors descriptors{.output = std::move(output->write_end),
                               .errors = std::move(errors->write_end)};
  if (group_) descriptors.group = group_->open_entrance();
  old_cores_ = find_core_files(open_work_folder().get());
  const auto started = supervisor_.start(request, descriptors);
  if (!started && started.error().what == kCannotRun) {
    return std::unexpected(
        CellFailure{.kind = CellFailure::Kind::kNotStarted,
                    .message = explain_not_run(request.program, started.error().error)});
  }
  if (!started) return std::unexpected(trouble_failure(started.error().to_string()));
  started_ = true;
  pump().watch_output(std::move(output->read_end), std::move(errors->read_end));
  return {};
}

std::string ProcessCell::state() const {
  if (is_running()) return "the process is still running";
  if (!started_) return "nothing was started";
  return fmt::format("the process had ended ({})", to_string(*exit()));
}

CellFailure ProcessCell::ended_failure(std::string_view before_what) const {
  if (supervisor_.is_lost() && !supervisor_.exit()) return supervisor_lost_failure();
  return {.kind = CellFailure::Kind::kExited,
          .message =
              fmt::format("the process ended before it {} ({})", before_what, to_string(*exit())),
          .exit = exit()};
}

std::vector<ino_t> ProcessCell::open_sockets() const {
  std::vector<ino_t> inodes;
  for (const pid_t pid : list_processes()) {
    const auto open = processes_.open_sockets(pid).value_or(std::vector<ino_t>{});
    inodes.insert(inodes.end(), open.begin(), open.end());
  }
  return inodes;
}

// On a network of its own, whatever listens there is the cell's.
bool ProcessCell::is_ours(const ListeningSocket& socket) const {
  return !shares_network() || contains(open_sockets(), socket.inode);
}

std::optional<Address> ProcessCell::find_server() {
  for (const int family : {AF_INET, AF_INET6}) {
    const Address address = Address::loopback(family, port_);
    const auto found = table().listener(address);
    if (found && is_ours(*found)) return found->address;
  }
  return std::nullopt;
}

// At another of the loopback's addresses, such as 127.0.1.1, which Debian gives to the host's name.
std::optional<Address> ProcessCell::find_server_elsewhere() {
  for (const auto& socket : table().listening(port_).value_or(std::vector<ListeningSocket>{})) {
    if (is_within_reach(socket.address) && is_ours(socket)) return socket.address;
  }
  return std::nullopt;
}

std::string ProcessCell::instead_of_server(const std::string& evidence) {
  std::string others;
  const std::vector<ino_t> ours = open_sockets();
  for (const auto& socket : table().listening().value_or(std::vector<ListeningSocket>{})) {
    if (!contains(ours, socket.inode)) continue;
    others += (others.empty() ? "" : ", ") + socket.address.to_string();
  }
  return fmt::format("it does not listen on port {} of 127.0.0.1 ({}){}", port(), evidence,
                     others.empty() ? "" : "; instead it listens on " + others);
}

std::expected<std::string, CellFailure> ProcessCell::await_listening() {
  assert(started_ && listeners_.empty());
  if (!table().listening(port_)) {
    return std::unexpected(
        trouble_failure("the kernel does not show its table of sockets (NETLINK_SOCK_DIAG)"));
  }
  const auto result = wait_for({.nothing = "nothing listened",
                                .patience = patience().start,
                                .recheck = true,
                                .is_due = true},
                               [&] { return (server_ = find_server()) || nobody_left(); });
  if (!server_) server_ = find_server_elsewhere();
  if (server_) return server_->to_string();
  switch (result.how) {
    case WaitResult::How::kInterrupted:
      return std::unexpected(interrupted_failure());
    case WaitResult::How::kDone:
      return std::unexpected(ended_failure("listened"));
    case WaitResult::How::kQuiet:
      break;
  }
  return std::unexpected(CellFailure{.kind = CellFailure::Kind::kNeverListened,
                                     .message = instead_of_server(result.finding.evidence),
                                     .grade = result.finding.grade,
                                     .last_seen = result.finding.last_seen});
}

std::expected<Cell::ConnectionId, CellFailure> ProcessCell::connect() {
  assert(started_ && listeners_.empty());
  // A further connection comes about when it has dealt with the former one, so that a server that
  // ends after its first client has ended, and does not take a second one down with it.
  if (has_connected_) {
    wait_for({.nothing = "it does not wait again", .patience = patience().silence},
             [&] { return !is_running(); });
  }
  has_connected_ = true;
  const Address to = server_.value_or(Address::loopback(AF_INET, port_)).reachable();
  const auto connection = open_connection(to, patience().answer);
  if (connection || connection.error().kind != CellFailure::Kind::kNoConnection) return connection;
  // A process that ends closes its sockets a moment before it has ended.
  const auto ended = await_exit(ExitWait::kUnlikely);
  if (ended) return std::unexpected(ended_failure("took the connection"));
  if (ended.error().kind != CellFailure::Kind::kNotExited) return std::unexpected(ended.error());
  return connection;
}

std::expected<Cell::ConnectionId, CellFailure> ProcessCell::accept() {
  assert(started_ && !listeners_.empty());
  FileDescriptor accepted;
  int error = 0;  // our own trouble
  const auto try_accept = [&] {
    for (const FileDescriptor& listener : listeners_) {
      accepted =
          FileDescriptor(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
      if (!accepted && !is_about_the_connection(errno)) error = errno;
      if (accepted || error != 0) return true;
    }
    return false;
  };
  std::vector<pollfd> ready;
  for (const FileDescriptor& listener : listeners_) {
    ready.push_back({.fd = listener.get(), .events = POLLIN, .revents = 0});
  }
  const auto result =
      wait_for({.nothing = "no connection came about",
                .patience = has_accepted_ ? patience().answer : patience().start,
                .others = ready,
                .is_due = true},
               // Twice, because it may connect and end between the first two.
               [&] { return try_accept() || (nobody_left() && (try_accept(), true)); });
  if (error != 0) return std::unexpected(trouble_failure("cannot accept a connection", error));
  if (accepted) {
    has_accepted_ = true;
    return add_connection(std::move(accepted));
  }
  switch (result.how) {
    case WaitResult::How::kInterrupted:
      return std::unexpected(interrupted_failure());
    case WaitResult::How::kDone:
      return std::unexpected(ended_failure("connected"));
    case WaitResult::How::kQuiet:
      break;
  }
  return std::unexpected(CellFailure{
      .kind = CellFailure::Kind::kNoConnection,
      .message = fmt::format("it did not connect to port {} ({})", port(), result.finding.evidence),
      .grade = result.finding.grade,
      .last_seen = result.finding.last_seen});
}

// Of a wait that did not end with what was waited for.
CellFailure ProcessCell::not_exited_failure(const WaitResult& result) const {
  switch (result.how) {
    case WaitResult::How::kInterrupted:
      return interrupted_failure();
    case WaitResult::How::kDone:
      return supervisor_lost_failure();
    case WaitResult::How::kQuiet:
      break;
  }
  return {.kind = CellFailure::Kind::kNotExited,
          .message = result.finding.evidence,
          .grade = result.finding.grade,
          .last_seen = result.finding.last_seen};
}

std::expected<void, CellFailure> ProcessCell::await_output(const std::function<bool()>& complete) {
  assert(started_);
  bool is_complete = false;
  std::optional<std::size_t> before;  // bytes written when it was looked at last
  std::optional<std::size_t> asked;   // … and when `complete` was asked
  const auto done = [&] {
    if (!is_running() || supervisor_.is_lost()) return true;
    const std::size_t written = output().bytes.size() + errors().bytes.size();
    const bool rests = before == written;
    before = written;
    if (!rests || asked == written) return false;
    asked = written;
    return is_complete = complete();
  };
  const auto result = wait_for({.nothing = "the process did not end",
                                .patience = patience().answer,
                                .recheck = true,
                                .is_due = true},
                               done);
  if (is_complete || exit()) return {};
  return std::unexpected(not_exited_failure(result));
}

std::expected<ExitStatus, CellFailure> ProcessCell::await_exit(ExitWait wait) {
  assert(started_);
  const auto result =
      wait_for({.nothing = "the process did not end",
                .patience = wait == ExitWait::kUnlikely ? patience().silence : patience().answer,
                .is_due = wait != ExitWait::kUnlikely && wait != ExitWait::kWork,
                .serving = serving_that_ends(wait)},
               [&] { return !is_running() || supervisor_.is_lost(); });
  if (const auto ended = exit()) return *ended;
  return std::unexpected(not_exited_failure(result));
}

}  // namespace chatspec
