// One turn after another, each of what comes first: a request, a child's end, word from the process
// that is about to become the program, or the time to look at the memory in use. A turn waits for
// nothing but the end of what it has killed, so that whatever the cell's processes do, the harness
// is answered.
//
// What they are told by goes out in the order in which it happened: that the program runs before
// its end, and its end before that of the whole cell.

#include "harness/cell/supervisor/supervisor.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "harness/cell/kernel/pidfd.h"
#include "harness/cell/kernel/process_signal.h"
#include "harness/cell/kernel/process_table.h"
#include "harness/cell/supervisor/cell_namespaces.h"
#include "harness/cell/supervisor/child_watch.h"
#include "harness/cell/supervisor/exec_program.h"
#include "harness/cell/supervisor/memory_watch.h"
#include "harness/cell/supervisor/message_socket.h"

namespace chatspec {
namespace {

// Each round kills all that were there when it began. Only what forks faster than we look needs
// many.
constexpr int kMaxKillRounds = 1000;

// Whether a signal is one that a program brings upon itself, by a fault or by abort(). Others come
// from outside.
bool is_own_doing(int signal) {
  constexpr std::array kOwn{SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};
  return std::ranges::find(kOwn, signal) != kOwn.end();
}

std::string_view before_line_end(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

class Supervisor {
 public:
  Supervisor(const SupervisorPlan& plan, FileDescriptor harness)
      : plan_(plan), harness_(std::move(harness)), memory_(plan.memory_bytes) {}

  void run() {
    const auto mounts = set_up();
    if (!mounts) return reply_failed(mounts.error().what, mounts.error().error);
    const FileDescriptor proc(open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!proc) return reply_failed("cannot open /proc", errno);
    const std::array<int, 2> shown{proc.get(), mounts->folder.get()};
    send(answer(supervisor_word::kReady).add(mounts->has_program_folder ? 1 : 0),
         std::span(shown).first(mounts->folder ? 2 : 1));
    while (take_turn()) {
    }
    end_all();
  }

 private:
  std::expected<CellMounts, SetUpFailure> set_up() {
    CellMounts mounts;
    if (plan_.own_namespaces) {
      auto made = set_up_namespaces(plan_);
      if (!made) return made;
      mounts = *std::move(made);
    } else if (prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L) != 0) {
      return std::unexpected(SetUpFailure{"cannot become the reaper of orphans", errno});
    }
    // After the changes of user above, which take both back. Without namespaces it must outlive the
    // launcher, to end what is in the cell; the end of the harness it sees by the socket, unless
    // somebody has stopped it.
    prctl(PR_SET_PDEATHSIG, plan_.own_namespaces ? SIGKILL : SIGCONT, 0L, 0L, 0L);
    prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);  // nothing in the cell may trace us
    child_ended_ = watch_children();
    if (!child_ended_) return std::unexpected(SetUpFailure{"cannot wait for processes", errno});
    return mounts;
  }

  // Waits for a request or an end, and deals with it. Gives whether to go on.
  bool take_turn() {
    std::array fds{pollfd{.fd = harness_.get(), .events = POLLIN, .revents = 0},
                   pollfd{.fd = child_ended_.get(), .events = POLLIN, .revents = 0},
                   pollfd{.fd = start_report_.get(), .events = POLLIN, .revents = 0}};
    const bool watches = memory_.has_limit() && first_ != 0 && !told_empty_;
    const int ready = poll(fds.data(), fds.size(), watches ? memory_.until_next_look_ms() : -1);
    if (ready < 0) return errno == EINTR;
    // By the clock, so that whoever keeps us busy is looked at all the same.
    if (watches && (ready == 0 || memory_.is_due(std::chrono::steady_clock::now()))) watch_memory();
    tell_start();
    if (fds[1].revents != 0) reap();
    return fds[0].revents == 0 || serve();
  }

  // Tells what became of the start, as soon as that is decided.
  void tell_start() {
    const auto report = start_report_ ? take_start_report(start_report_) : std::nullopt;
    if (!report) return;
    start_report_.reset();
    if (*report) {
      send(unasked(supervisor_word::kRuns));
      return;
    }
    // The process that could not become the program ends, and that is nobody's exit.
    first_ = 0;
    wrapper_ = 0;
    send(unasked(supervisor_word::kRunsNot).add(report->error().what).add(report->error().error));
  }

  void reap() {
    signalfd_siginfo ignored{};
    while (read(child_ended_.get(), &ignored, sizeof ignored) > 0) {
    }
    tell_start();  // it comes before the end
    siginfo_t ended{};
    while (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0) {
      const bool killed = ended.si_code != CLD_EXITED;
      if (killed && ended.si_pid != first_ && is_own_doing(ended.si_status)) tell_death(ended);
      waitid(P_PID, static_cast<id_t>(ended.si_pid), &ended, WEXITED | WNOHANG);
      if (ended.si_pid == first_) {
        send(unasked(supervisor_word::kExited).add(killed ? 1 : 0).add(ended.si_status));
      }
      ended = {};
    }
    if (first_ != 0 && !told_empty_ && !has_child()) {
      told_empty_ = true;
      send(unasked(supervisor_word::kEmpty));
    }
  }

  // While its name can still be read.
  void tell_death(const siginfo_t& ended) {
    const auto name = ProcessTable::of_host().read(std::to_string(ended.si_pid) + "/comm");
    send(unasked(supervisor_word::kDied)
             .add(ended.si_status)
             .add(before_line_end(name.value_or(""))));
  }

  void watch_memory() {
    if (!memory_.look()) return;
    send(unasked(supervisor_word::kOverrun));
    signal_all(SIGKILL);
  }

  // Every process of the cell descends from a child of ours.
  static bool has_child() {
    siginfo_t any{};
    return waitid(P_ALL, 0, &any, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
  }

  // Gives whether the harness is still there.
  bool serve() {
    auto message = receive_message(harness_.get(), -1);
    if (!message) return false;
    WordReader words(message->bytes);
    asked_ = words.number();
    const std::string_view request = words.word();
    if (message->lost_descriptors) {
      reply_failed("cannot take the descriptors of a request", EMFILE);
    } else if (request == supervisor_word::kStart) {
      start(words, message->descriptors);
    } else if (request == supervisor_word::kSocket) {
      const auto family = static_cast<int>(words.number());
      const auto type = static_cast<int>(words.number());
      const auto protocol = static_cast<int>(words.number());
      reply_with(FileDescriptor(socket(family, type | SOCK_CLOEXEC, protocol)),
                 "cannot make a socket");
    } else if (request == supervisor_word::kProcess) {
      reply_with(open_pidfd(static_cast<pid_t>(words.number())), "cannot reach a process");
    } else if (request == supervisor_word::kSignal) {
      signal_all(static_cast<int>(words.number()));
      reply_done();
    } else if (request == supervisor_word::kEnd) {
      const auto ended = end_all();
      if (!ended) {
        reply_failed(ended.error().what, ended.error().error);
      } else if (!*ended) {
        reply_failed("it makes new processes faster than they can be killed", 0);
      } else {
        reply_done();
      }
    }
    return true;
  }

  void start(WordReader& words, std::vector<FileDescriptor>& descriptors) {
    assert(!start_report_ && "one start at a time");
    const StartRequest request = read_start_request(words);
    const std::size_t needed = request.is_filtered ? 3 : 2;
    if (descriptors.size() < needed) return reply_failed("cannot start a program", EINVAL);
    StartDescriptors given{.output = std::move(descriptors[0]),
                           .errors = std::move(descriptors[1])};
    if (request.is_filtered) given.filter = std::move(descriptors[2]);
    if (descriptors.size() > needed) given.group = std::move(descriptors[needed]);
    auto begun = begin_program(request, given);
    if (!begun) return reply_failed(begun.error().what, begun.error().error);
    first_ = begun->pid;
    start_report_ = std::move(begun->report);
    told_empty_ = false;
    wrapper_ = request.wrapped ? first_ : 0;
    reply_done(first_);
  }

  Reading<void> signal_all(int number) {
    if (plan_.own_namespaces && number == SIGKILL) {
      kill(-1, number);  // at once, everything in the namespace but ourselves
      return {};
    }
    const ProcessTable host = ProcessTable::of_host();
    const auto processes = host.descendants(getpid());
    if (!processes) return std::unexpected(processes.error());
    for (const ProcessEntry& process : *processes) {
      const bool spared = process.pid == wrapper_ && number != SIGKILL;
      if (!spared) signal_found(host, process, number);
    }
    return {};
  }

  // Gives whether no process is left, or why their end cannot be brought about.
  Reading<bool> end_all() {
    for (int round = 0; round < kMaxKillRounds; ++round) {
      reap();
      if (!has_child()) return true;
      if (auto killed = signal_all(SIGKILL); !killed) return std::unexpected(killed.error());
      siginfo_t any{};
      waitid(P_ALL, 0, &any, WEXITED | WNOWAIT);  // what was killed ends
    }
    return !has_child();
  }

  WordWriter answer(std::string_view word) const {
    WordWriter words;
    words.add(asked_).add(word);
    return words;
  }

  static WordWriter unasked(std::string_view word) {
    WordWriter words;
    words.add(0).add(word);
    return words;
  }

  // Where the harness is gone, the next turn finds out.
  void send(const WordWriter& words, std::span<const int> descriptors = {}) {
    send_message(harness_.get(), words.bytes(), descriptors);
  }

  void reply_done(std::int64_t number = 0) { send(answer(supervisor_word::kDone).add(number)); }

  void reply_with(const FileDescriptor& descriptor, std::string_view what) {
    if (!descriptor) return reply_failed(what, errno);
    const int fd = descriptor.get();
    send(answer(supervisor_word::kDone), {&fd, 1});
  }

  void reply_failed(std::string_view what, int error) {
    send(answer(supervisor_word::kFailed).add(what).add(error));
  }

  SupervisorPlan plan_;
  FileDescriptor harness_;
  FileDescriptor child_ended_;
  FileDescriptor start_report_;         // while it is not decided whether the program runs
  std::int64_t asked_ = kFirstRequest;  // the number of the request that is dealt with
  pid_t first_ = 0;
  pid_t wrapper_ = 0;
  bool told_empty_ = false;
  MemoryWatch memory_;
};

}  // namespace

void run_supervisor(const SupervisorPlan& plan, FileDescriptor harness) {
  Supervisor(plan, std::move(harness)).run();
  _exit(0);
}

}  // namespace chatspec
