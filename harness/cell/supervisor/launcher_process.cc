// One turn after another, each of what comes first: a request, or a child's end. Children are the
// supervisors, and whatever has fallen to us.

#include "harness/cell/supervisor/launcher_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <set>
#include <unistd.h>
#include <vector>

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "harness/cell/kernel/pidfd.h"
#include "harness/cell/kernel/process_signal.h"
#include "harness/cell/kernel/process_table.h"
#include "harness/cell/supervisor/child_watch.h"
#include "harness/cell/supervisor/message_socket.h"
#include "harness/cell/supervisor/own_arguments.h"
#include "harness/cell/supervisor/supervisor.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// How long supervisors may take to end by themselves when the harness is gone, and once more when
// they were killed for it. The harness waits for us a little longer (launcher.cc).
constexpr auto kSupervisorsEnd = 400ms;
// As in supervisor.cc: each kills all that were there when it began.
constexpr int kMostRounds = 100;
constexpr int kRoundMs = 50;  // until what was killed has ended

// As fork(), into new namespaces. Gives the child's descriptor, too.
pid_t fork_into(unsigned long namespaces, int& pidfd) {
  const unsigned long flags = namespaces | CLONE_PIDFD | SIGCHLD;
  return static_cast<pid_t>(syscall(SYS_clone, flags, nullptr, &pidfd, nullptr, nullptr));
}

unsigned long namespaces_of(const SupervisorPlan& plan) {
  if (!plan.own_namespaces) return 0;
  return CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC |
         (plan.own_user_namespace ? CLONE_NEWUSER : 0);
}

class LauncherProcess {
 public:
  explicit LauncherProcess(FileDescriptor harness) : harness_(std::move(harness)) {
    child_ended_ = watch_children();
  }

  void run() {
    while (take_turn()) {
    }
    for (const int signal : {SIGCONT, SIGKILL}) {
      for (const Child& supervisor : supervisors_) signal_pidfd(supervisor.pidfd.get(), signal);
      await_supervisors();
    }
    end_fallen();
  }

 private:
  struct Child {
    pid_t pid = 0;
    FileDescriptor pidfd;
    bool ends_its_cell = false;  // the kernel does, with its namespaces
  };

  // Gives whether the harness is still there.
  bool take_turn() {
    std::array fds{pollfd{.fd = harness_.get(), .events = POLLIN, .revents = 0},
                   pollfd{.fd = child_ended_.get(), .events = POLLIN, .revents = 0}};
    if (poll(fds.data(), fds.size(), -1) < 0) return errno == EINTR;
    if (fds[1].revents != 0 && reap()) end_fallen();
    if (fds[0].revents == 0) return true;
    auto request = receive_message(harness_.get(), -1);
    if (!request) return false;
    serve(*std::move(request));
    return true;
  }

  // Makes one supervisor as asked, and answers by the number of the request.
  void serve(Message request) {
    WordReader words(request.bytes);
    const std::int64_t number = words.number();
    const SupervisorPlan plan = read_supervisor_plan(words);
    int pidfd = -1;
    const bool is_whole = request.descriptors.size() == 1 && !request.lost_descriptors;
    errno = EMFILE;
    const pid_t pid = is_whole ? fork_into(namespaces_of(plan), pidfd) : -1;
    if (pid == 0) become_supervisor(plan, std::move(request.descriptors.front()));
    WordWriter answer;
    answer.add(number).add(pid).add(pid < 0 ? errno : 0);
    FileDescriptor owned(pid < 0 ? -1 : pidfd);
    const int shown = owned.get();
    send_message(harness_.get(), answer.bytes(), {&shown, pid < 0 ? 0U : 1U});
    if (pid > 0)
      supervisors_.push_back(
          {.pid = pid, .pidfd = std::move(owned), .ends_its_cell = plan.own_namespaces});
  }

  [[noreturn]] void become_supervisor(const SupervisorPlan& plan, FileDescriptor socket) {
    harness_.reset();
    child_ended_.reset();
    supervisors_.clear();
    run_supervisor(plan, std::move(socket));
    _exit(0);
  }

  // Gives whether something may have fallen to us.
  bool reap() {
    signalfd_siginfo ignored{};
    while (read(child_ended_.get(), &ignored, sizeof ignored) > 0) {
    }
    bool may_have_fallen = false;
    siginfo_t ended{};
    while (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG) == 0 && ended.si_pid != 0) {
      const auto found = std::ranges::find(supervisors_, ended.si_pid, &Child::pid);
      const bool is_supervisor = found != supervisors_.end();
      may_have_fallen |= !is_supervisor || !found->ends_its_cell;
      if (is_supervisor) supervisors_.erase(found);
      ended = {};
    }
    return may_have_fallen;
  }

  void await_supervisors() {
    const auto end = std::chrono::steady_clock::now() + kSupervisorsEnd;
    while (!supervisors_.empty()) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
      if (left <= 0ms) return;
      await_child(static_cast<int>(left.count()));
      reap();
    }
  }

  void await_child(int timeout_ms) const {
    pollfd ended{.fd = child_ended_.get(), .events = POLLIN, .revents = 0};
    poll(&ended, 1, timeout_ms);
  }

  // What descends from us, but not from a supervisor.
  Reading<std::vector<ProcessEntry>> list_fallen(const ProcessTable& host) const {
    const auto all = host.processes();
    if (!all) return all;
    std::set<pid_t> parents{getpid()};
    std::vector<ProcessEntry> fallen;
    for (bool grown = true; grown;) {
      grown = false;
      for (const ProcessEntry& entry : *all) {
        if (!parents.contains(entry.parent) || parents.contains(entry.pid) || entry.ended() ||
            std::ranges::find(supervisors_, entry.pid, &Child::pid) != supervisors_.end()) {
          continue;
        }
        parents.insert(entry.pid);
        fallen.push_back(entry);
        grown = true;
      }
    }
    return fallen;
  }

  void end_fallen() {
    const ProcessTable host = ProcessTable::of_host();
    if (!host.shows_own_namespace()) return;
    for (int round = 0; round < kMostRounds; ++round) {
      const auto fallen = list_fallen(host);
      if (!fallen || fallen->empty()) return;
      for (const ProcessEntry& process : *fallen) signal_found(host, process, SIGKILL);
      await_child(kRoundMs);
      reap();
    }
  }

  FileDescriptor harness_;
  FileDescriptor child_ended_;
  std::vector<Child> supervisors_;
};

// But for the standard streams. What the harness has open, such as the lock of a folder, would stay
// open for as long as we live.
void close_all_but(int kept) {
  if (kept > STDERR_FILENO + 1) close_range(STDERR_FILENO + 1, static_cast<unsigned>(kept - 1), 0);
  close_range(static_cast<unsigned>(kept + 1), ~0U, 0);
}

}  // namespace

void run_launcher(FileDescriptor harness) {
  setsid();
  close_all_but(harness.get());
  prctl(PR_SET_PDEATHSIG, SIGCONT, 0L, 0L, 0L);  // one that is stopped sees the end, too
  prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(number, SIG_IGN);
  forget_arguments("chatspec cell");
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);  // whoever reads the harness's must see it end
  LauncherProcess(std::move(harness)).run();
  _exit(0);
}

}  // namespace chatspec
