// What it does is done by its parts; here stands what they do together: the start, and the waits
// for what a program does besides on its connections.

#include "harness/cell/process/process_cell.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>

#include "harness/cell/cell_failure.h"
#include "harness/cell/isolation/system_call_filter.h"
#include "harness/cell/kernel/kernel_observer.h"
#include "harness/cell/process/cell_ending.h"
#include "harness/cell/program/program.h"
#include "harness/cell/sockets/host_names.h"
#include "reference/program/whole_file.h"

namespace chatspec {
namespace {

// That sockets cannot be read may pass, as where there are too few descriptors for a moment.
constexpr int kMostUnread = 50;

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

}  // namespace

ProcessCell::ProcessCell(const CellSurroundings& surroundings, const CellPlan& plan,
                         CellParts parts)
    : plan_(plan),
      folder_(std::move(parts.folder)),
      group_(std::move(parts.group)),
      processes_(plan, std::move(parts.supervisor)),
      sockets_(std::move(parts.sockets)),
      port_(parts.port),
      reservation_(std::move(parts.reservation)),
      listeners_(std::move(parts.listeners)),
      loop_(surroundings, make_observer(surroundings.clock),
            {.state = [this] { return describe_state(); },
             .take_news = [this] { processes_.supervisor().take_news(); },
             .trouble = [this] { return find_trouble(); }}),
      streams_(
          loop_,
          plan.has_own_namespaces() ? CellStreams::Network::kItsOwn : CellStreams::Network::kShared,
          [this](int family) { return make_socket(family); }),
      search_(processes_, sockets_, port_, plan.has_own_namespaces()) {
  loop_.pump().watch(processes_.supervisor());
}

ProcessCell::~ProcessCell() {
  stop();
}

std::unique_ptr<Observer> ProcessCell::make_observer(const Clock& clock) {
  if (!plan_.observes) return std::make_unique<DeadlineObserver>();
  return std::make_unique<KernelObserver>(
      Observed{.processes = processes_.table(),
               .sockets = sockets_,
               .clock = clock,
               .supervisor = plan_.has_own_namespaces() ? 1 : processes_.supervisor().pid(),
               .list_processes = [this] { return processes_.list(); },
               .list_all_processes = [this] { return processes_.list_all(); },
               .open_process = [this](pid_t pid) { return processes_.supervisor().process(pid); },
               .is_wrapper = [this](pid_t pid) { return processes_.is_wrapper(pid); },
               .starters = processes_.identify_starters(),
               .has_news = [this] { return has_news(); },
               .our_pipes = [this] { return loop_.pump().pipes(); }});
}

std::expected<FileDescriptor, CellFailure> ProcessCell::make_socket(int family) {
  if (!plan_.has_own_namespaces()) return make_own_socket(family);
  auto socket = processes_.supervisor().socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (!socket) return std::unexpected(trouble_failure(socket.error().to_string()));
  return *std::move(socket);
}

constexpr std::size_t kMaxHostsBytes = std::size_t{1} << 20;

// It may take any of the addresses to which a name leads, so that all of them must be ours.
std::string ProcessCell::obstacle_to_host(const std::string& host) const {
  const std::string hosts = chat::read_whole(kHostsFile, kMaxHostsBytes).value_or("");
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
  return processes_.supervisor().folder() ? processes_.supervisor().folder().get()
                                          : folder_.descriptor();
}

CellFolders ProcessCell::folders() const {
  return {.own = folder(), .work = plan_.program ? folder() / kProgramFolder : folder()};
}

FileDescriptor ProcessCell::open_work_folder() {
  const std::string name(plan_.program ? kProgramFolder : ".");
  return FileDescriptor(
      openat(folder_descriptor(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool ProcessCell::has_news() const {
  const Pump& pump = loop_.pump();
  return pump.output().has_unread() || pump.errors().has_unread() || processes_.has_unheard_end();
}

// Without a supervisor nothing is known of the cell, and what is seen of it may be the supervisor's
// end, with which its processes end.
std::optional<std::string> ProcessCell::find_trouble() const {
  if (!processes_.supervisor().is_lost()) return std::nullopt;
  return "the process that supervises the cell was killed, or does not answer";
}

std::string ProcessCell::describe_state() const {
  if (processes_.is_running()) return "the process is still running";
  if (!processes_.was_started()) return "nothing was started";
  return fmt::format("the process had ended ({})", to_string(*processes_.exit()));
}

std::expected<StartRequest, CellFailure> ProcessCell::plan_start(
    const std::vector<std::string>& argv) const {
  const char* path = std::getenv("PATH");
  // What lies in its own folder is nothing that can be looked up from here.
  const bool own = plan_.program && names_own_file(argv);
  const auto program =
      own ? (folders().work / argv.front()).lexically_normal().native()
          : find_program(argv.empty() ? "" : argv.front(), path ? path : "/bin:/usr/bin");
  if (!program) return std::unexpected(program.error());
  std::vector<std::string> arguments = argv;
  // A relative path would mean another file after the change of folder.
  if (!own && arguments.front().find('/') != std::string::npos) arguments.front() = *program;
  return make_start_request(plan_, folders(), processes_.supervisor().pid(), *program, arguments);
}

std::expected<void, CellFailure> ProcessCell::start(const std::vector<std::string>& argv) {
  assert(!processes_.was_started() && !stopped_);
  const auto request = plan_start(argv);
  if (!request) return std::unexpected(request.error());
  auto output = make_pipe();
  auto errors = make_pipe();
  if (!output || !errors) return std::unexpected(trouble_failure("cannot make a pipe", errno));
  StartDescriptors descriptors{.output = std::move(output->write_end),
                               .errors = std::move(errors->write_end)};
  if (request->is_filtered) {
    auto filter = make_system_call_filter();
    if (!filter) return std::unexpected(trouble_failure(filter.error()));
    descriptors.filter = *std::move(filter);
  }
  if (group_) descriptors.group = group_->open_entrance();
  if (const auto seen = deaths_.begin(open_work_folder().get()); !seen)
    return std::unexpected(trouble_failure(seen.error().to_string()));
  const auto begun = processes_.supervisor().start(*request, descriptors);
  if (!begun) return std::unexpected(trouble_failure(begun.error().to_string()));
  processes_.note_started();
  loop_.pump().watch_output(std::move(output->read_end), std::move(errors->read_end));
  return await_start(request->program);
}

// The kernel may take any time to begin to run a program, which says nothing of the program. It may
// also have begun, and wait for us, before the supervisor tells of it.
std::expected<void, CellFailure> ProcessCell::await_start(const std::string& program) {
  const auto& outcome = processes_.supervisor().start_outcome();
  const auto result = loop_.wait_for({.nothing = "it has not begun to run",
                                      .patience = loop_.patience().start,
                                      .is_its_doing = false},
                                     [&] { return outcome.has_value(); });
  switch (result.how) {
    case WaitResult::How::kInterrupted:
    case WaitResult::How::kTrouble:
      return std::unexpected(broken_off_failure(result));
    case WaitResult::How::kQuiet:
      return std::unexpected(
          trouble_failure(fmt::format("cannot run {}: {}", program, result.finding.evidence)));
    case WaitResult::How::kDone:
      break;
  }
  if (*outcome) return {};
  processes_.forget_start();
  const LaunchFailure& failure = outcome->error();
  if (failure.what != kCannotRun) return std::unexpected(trouble_failure(failure.to_string()));
  return std::unexpected(CellFailure{.kind = CellFailure::Kind::kNotStarted,
                                     .message = explain_not_run(program, failure.error)});
}

CellFailure ProcessCell::ended_failure(std::string_view before_what) const {
  const auto exit = processes_.exit();
  assert(exit && "a wait that ends with the cell knows how, or is in trouble");
  return {
      .kind = CellFailure::Kind::kExited,
      .message = fmt::format("the process ended before it {} ({})", before_what, to_string(*exit)),
      .exit = exit};
}

std::expected<std::string, CellFailure> ProcessCell::await_listening() {
  assert(processes_.was_started() && listeners_.empty());
  if (const auto seen = sockets_.listening(port_); !seen)
    return std::unexpected(trouble_failure(seen.error().to_string()));
  int times_unread = 0;          // in a row
  std::optional<Unread> unread;  // why it could not be seen when it was looked for last
  const auto take = [&](const Reading<std::optional<Address>>& found) {
    unread = found ? std::nullopt : std::optional(found.error());
    if (found) server_ = *found;
    return server_.has_value();
  };
  const auto result = loop_.wait_for({.nothing = "nothing listened",
                                      .patience = loop_.patience().start,
                                      .recheck = true,
                                      .is_due = true},
                                     [&] {
                                       if (take(search_.find()) || processes_.nobody_left())
                                         return true;
                                       times_unread = unread ? times_unread + 1 : 0;
                                       return times_unread == kMostUnread;
                                     });
  const bool listens = server_ || (!unread && take(search_.find_elsewhere()));
  if (listens) return server_->to_string();
  if (unread && result.how != WaitResult::How::kInterrupted)
    return std::unexpected(trouble_failure(unread->to_string()));
  switch (result.how) {
    case WaitResult::How::kInterrupted:
    case WaitResult::How::kTrouble:
      return std::unexpected(broken_off_failure(result));
    case WaitResult::How::kDone:
      return std::unexpected(ended_failure("listened"));
    case WaitResult::How::kQuiet:
      break;
  }
  const std::string others = search_.list_all();
  return std::unexpected(
      CellFailure{.kind = CellFailure::Kind::kNeverListened,
                  .message = fmt::format("it does not listen on port {} of 127.0.0.1 ({}){}",
                                         port(), result.finding.evidence,
                                         others.empty() ? "" : "; instead it listens on " + others),
                  .grade = result.finding.grade,
                  .last_seen = result.finding.last_seen});
}

std::expected<Cell::ConnectionId, CellFailure> ProcessCell::connect() {
  assert(processes_.was_started() && listeners_.empty());
  // A further connection comes about when it has dealt with the former one, so that a server that
  // ends after its first client has ended, and does not take a second one down with it.
  if (has_connected_ && rests_after_ != streams_.said()) {
    loop_.wait_for({.nothing = "it does not wait again", .patience = loop_.patience().silence},
                   [&] { return !processes_.is_running(); });
  }
  has_connected_ = true;
  const Address to = server_.value_or(Address::loopback(AF_INET, port_)).reachable();
  const auto connection = streams_.open_connection(to, loop_.patience().answer);
  if (connection || connection.error().kind != CellFailure::Kind::kNoConnection) return connection;
  // A process that ends closes its sockets a moment before it has ended.
  const auto ended = await_exit(ExitWait::kUnlikely);
  if (ended) return std::unexpected(ended_failure("took the connection"));
  if (ended.error().kind != CellFailure::Kind::kNotExited) return std::unexpected(ended.error());
  return connection;
}

std::expected<Cell::ConnectionId, CellFailure> ProcessCell::accept() {
  assert(processes_.was_started() && !listeners_.empty());
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
  const auto result = loop_.wait_for(
      {.nothing = "no connection came about",
       .patience = has_accepted_ ? loop_.patience().answer : loop_.patience().start,
       .others = ready,
       .is_due = true},
      // Twice, because it may connect and end between the first two.
      [&] { return try_accept() || (processes_.nobody_left() && (try_accept(), true)); });
  if (error != 0) return std::unexpected(trouble_failure("cannot accept a connection", error));
  if (accepted) {
    has_accepted_ = true;
    return streams_.add_connection(std::move(accepted));
  }
  switch (result.how) {
    case WaitResult::How::kInterrupted:
    case WaitResult::How::kTrouble:
      return std::unexpected(broken_off_failure(result));
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
  if (result.how != WaitResult::How::kQuiet) return broken_off_failure(result);
  return {.kind = CellFailure::Kind::kNotExited,
          .message = result.finding.evidence,
          .grade = result.finding.grade,
          .last_seen = result.finding.last_seen};
}

std::expected<void, CellFailure> ProcessCell::await_output(const std::function<bool()>& complete) {
  assert(processes_.was_started());
  bool is_complete = false;
  std::optional<std::size_t> before;  // bytes written when it was looked at last
  std::optional<std::size_t> asked;   // … and when `complete` was asked
  const auto done = [&] {
    if (!processes_.is_running() || processes_.supervisor().is_lost()) return true;
    const std::size_t written = output().bytes.size() + errors().bytes.size();
    const bool rests = before == written;
    before = written;
    if (!rests || asked == written) return false;
    asked = written;
    return is_complete = complete();
  };
  const auto result = loop_.wait_for({.nothing = "the process did not end",
                                      .patience = loop_.patience().answer,
                                      .recheck = true,
                                      .is_due = true},
                                     done);
  if (is_complete || processes_.exit()) return {};
  return std::unexpected(not_exited_failure(result));
}

std::expected<ExitStatus, CellFailure> ProcessCell::await_exit(ExitWait wait) {
  assert(processes_.was_started());
  const auto result = loop_.wait_for(
      {.nothing = "the process did not end",
       .patience = wait == ExitWait::kUnlikely ? loop_.patience().silence : loop_.patience().answer,
       .is_due = wait != ExitWait::kUnlikely && wait != ExitWait::kWork,
       .serving = serving_that_ends(wait)},
      [&] { return !processes_.is_running() || processes_.supervisor().is_lost(); });
  if (const auto ended = processes_.exit()) return *ended;
  const bool rests =
      result.how == WaitResult::How::kQuiet && result.finding.grade == QuietGrade::kProven;
  rests_after_ = rests ? std::optional(streams_.said()) : std::nullopt;
  return std::unexpected(not_exited_failure(result));
}

bool ProcessCell::has_overrun() const {
  return processes_.supervisor().has_overrun() || (group_ && group_->ran_out_of_memory());
}

std::optional<Holdings> ProcessCell::holdings() {
  if (!processes_.was_started()) return std::nullopt;
  auto held = processes_.holdings();
  return held ? std::optional(*held) : std::nullopt;
}

std::vector<ProcessDeath> ProcessCell::deaths() {
  if (processes_.was_started() && !stopped_) look_for_deaths();
  return deaths_.deaths();
}

// A folder that its program has removed has no cores in it.
void ProcessCell::look_for_deaths() {
  processes_.supervisor().take_news();
  const FileDescriptor work_folder = open_work_folder();
  if (!work_folder && (errno == ENOENT || errno == EACCES || errno == ENOTDIR || errno == ELOOP))
    return;
  deaths_.look(work_folder.get(), processes_.supervisor().deaths());
}

std::optional<std::string> ProcessCell::trouble() const {
  if (!processes_.was_started()) return std::nullopt;
  if (const auto& unread = deaths_.unread()) return unread->to_string();
  return loop_.trouble();
}

std::string ProcessCell::end_all() {
  streams_.close_all();  // some wait for that before they end
  if (!processes_.was_started()) return {};
  std::string found;
  if (has_overrun()) {
    found = fmt::format("Killed, because its processes together used more than {} MiB of memory.",
                        plan_.policy.limits.memory_bytes >> 20);
  }
  const std::string left = end_processes(processes_, loop_, [this] { look_for_deaths(); });
  if (!found.empty() && !left.empty()) found += ' ';
  return found + left;
}

std::string ProcessCell::end_program() {
  std::string found = end_all();
  processes_.forget_start();
  server_.reset();
  has_connected_ = false;
  rests_after_.reset();
  return found;
}

std::string ProcessCell::stop() {
  if (std::exchange(stopped_, true)) return {};
  std::string found = end_all();
  listeners_.clear();
  return found;
}

}  // namespace chatspec
