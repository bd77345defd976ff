#include "harness/cell/supervisor/launcher.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/wait.h>

#include "harness/cell/kernel/pidfd.h"
#include "harness/cell/remedy.h"
#include "harness/cell/supervisor/launcher_process.h"

namespace chatspec {
namespace {

// For its end, which takes it less (launcher_process.cc). The kernel may take longer to take
// namespaces down, but nobody needs to see that.
constexpr int kEndPatienceMs = 1'300;

}  // namespace

std::string LaunchFailure::to_string() const {
  return error == 0 ? what : fmt::format("{}: {}", what, explain_error(error));
}

std::expected<std::unique_ptr<Launcher>, LaunchFailure> Launcher::fork(int patience_ms) {
  auto sockets = make_message_sockets();
  if (!sockets) return std::unexpected(LaunchFailure{"cannot make a socket", errno});
  const pid_t pid = ::fork();
  if (pid < 0) return std::unexpected(LaunchFailure{"cannot fork", errno});
  if (pid == 0) {
    sockets->first.reset();
    run_launcher(std::move(sockets->second));
  }
  // It is ours to wait for, so that the number is its own.
  return std::unique_ptr<Launcher>(
      new Launcher(std::move(sockets->first), open_pidfd(pid), pid, patience_ms));
}

// Whoever has stopped it, or holds it up, does not hold us up.
Launcher::~Launcher() {
  socket_.reset();
  kill(pid_, SIGCONT);  // it is ours to wait for, so that the number is its own
  pollfd ended{.fd = pidfd_.get(), .events = POLLIN, .revents = 0};
  const int ready = poll(&ended, 1, kEndPatienceMs);
  if (ready <= 0) kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

// Where no answer comes in time, the channel is closed: whatever the launcher says later is said to
// nobody, and it ends.
std::expected<Message, LaunchFailure> Launcher::ask(const SupervisorPlan& plan, int descriptor,
                                                    int interrupt) {
  const std::scoped_lock lock(mutex_);
  const std::int64_t number = ++requests_;
  WordWriter words;
  words.add(number);
  write_supervisor_plan(plan, words);
  const LaunchFailure unanswered{"the launcher of cells does not answer", 0};
  if (!socket_ || !send_message(socket_.get(), words.bytes(), {&descriptor, 1}))
    return std::unexpected(unanswered);
  while (true) {
    auto answer = receive_message(socket_.get(), patience_ms_, interrupt);
    if (!answer && answer.error() == NoMessage::kInterrupted)
      return std::unexpected(LaunchFailure{"the run was interrupted", EINTR});
    if (!answer) {
      socket_.reset();
      return std::unexpected(unanswered);
    }
    // An earlier number is that of a request that an interrupt gave up.
    if (WordReader(answer->bytes).number() == number) return *std::move(answer);
  }
}

std::expected<LaunchedSupervisor, LaunchFailure> Launcher::launch(const SupervisorPlan& plan,
                                                                  int interrupt) {
  auto sockets = make_message_sockets();
  if (!sockets) return std::unexpected(LaunchFailure{"cannot make a socket", errno});
  auto answer = ask(plan, sockets->second.get(), interrupt);
  if (!answer) return std::unexpected(answer.error());
  WordReader words(answer->bytes);
  words.number();
  const auto pid = static_cast<pid_t>(words.number());
  const auto error = static_cast<int>(words.number());
  if (pid < 0) {
    return std::unexpected(LaunchFailure{
        plan.own_user_namespace ? "cannot make a user namespace" : "cannot make namespaces",
        error});
  }
  if (answer->descriptors.empty())
    return std::unexpected(LaunchFailure{"cannot take the descriptor of a process", EMFILE});
  return LaunchedSupervisor{.socket = std::move(sockets->first),
                            .pidfd = std::move(answer->descriptors.front()),
                            .pid = pid};
}

}  // namespace chatspec
