#include "harness/cell/supervisor/launcher.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "harness/cell/supervisor/message_socket.h"

namespace chatspec {
namespace {

constexpr int kPatienceMs = 30'000;  // for a process of ours that has nothing else to do

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

// In the launcher: makes one supervisor as asked, and answers.
void serve(const FileDescriptor& harness, Message request) {
  if (request.descriptors.size() != 1) return;
  const SupervisorPlan plan = parse_supervisor_plan(request.bytes);
  int pidfd = -1;
  const pid_t pid = fork_into(namespaces_of(plan), pidfd);
  if (pid == 0) {
    close(harness.get());
    run_supervisor(plan, std::move(request.descriptors.front()));
  }
  WordWriter answer;
  answer.add(pid).add(pid < 0 ? errno : 0);
  const FileDescriptor owned(pid < 0 ? -1 : pidfd);
  const int shown = owned.get();
  send_message(harness.get(), answer.bytes(), {&shown, pid < 0 ? 0U : 1U});
}

[[noreturn]] void run_launcher(const FileDescriptor& harness) {
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0L, 0L, 0L);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(number, SIG_IGN);
  std::signal(SIGCHLD, SIG_IGN);  // supervisors are nobody's to wait for
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);  // whoever reads the harness's must see it end
  while (auto request = receive_message(harness.get(), -1)) serve(harness, *std::move(request));
  // Since nobody waits for supervisors, this comes back when the last of them has ended.
  while (wait(nullptr) > 0 || errno == EINTR) {
  }
  _exit(0);
}

}  // namespace

std::string LaunchFailure::to_string() const {
  return error == 0 ? what : fmt::format("{}: {}", what, std::strerror(error));
}

std::expected<std::unique_ptr<Launcher>, LaunchFailure> Launcher::fork() {
  auto sockets = make_message_sockets();
  if (!sockets) return std::unexpected(LaunchFailure{"cannot make a socket", errno});
  const pid_t pid = ::fork();
  if (pid < 0) return std::unexpected(LaunchFailure{"cannot fork", errno});
  if (pid == 0) {
    sockets->first.reset();
    run_launcher(sockets->second);
  }
  return std::unique_ptr<Launcher>(new Launcher(std::move(sockets->first), pid));
}

Launcher::~Launcher() {
  socket_.reset();
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::expected<LaunchedSupervisor, LaunchFailure> Launcher::launch(const SupervisorPlan& plan) {
  auto sockets = make_message_sockets();
  if (!sockets) return std::unexpected(LaunchFailure{"cannot make a socket", errno});
  const int supervisors_end = sockets->second.get();
  std::optional<Message> answer;
  {
    const std::scoped_lock lock(mutex_);
    if (send_message(socket_.get(), to_message(plan), {&supervisors_end, 1})) {
      answer = receive_message(socket_.get(), kPatienceMs);
    }
  }
  if (!answer) return std::unexpected(LaunchFailure{"the launcher of cells does not answer", 0});
  WordReader words(answer->bytes);
  const auto pid = static_cast<pid_t>(words.number());
  const auto error = static_cast<int>(words.number());
  if (pid < 0 || answer->descriptors.empty()) {
    return std::unexpected(LaunchFailure{
        plan.own_user_namespace ? "cannot make a user namespace" : "cannot make namespaces",
        error});
  }
  return LaunchedSupervisor{.socket = std::move(sockets->first),
                            .pidfd = std::move(answer->descriptors.front()),
                            .pid = pid};
}

}  // namespace chatspec
