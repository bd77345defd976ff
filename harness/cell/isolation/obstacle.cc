#include "harness/cell/isolation/obstacle.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/cell/isolation/system_call_filter.h"
#include "harness/cell/kernel/threads.h"
#include "harness/cell/output_pipe.h"
#include "harness/cell/scratch_folder.h"

namespace chatspec {
namespace {

// A trial of what ends by itself, or is seen at once. The time is for a machine in trouble.
constexpr int kTrialTurns = 10'000;
constexpr int kTrialTurnMs = 1;

constexpr auto* kAllowNamespaces =
    "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces "
    "above 0, kernel.apparmor_restrict_unprivileged_userns=0; in Docker, --security-opt "
    "seccomp=unconfined --security-opt systempaths=unconfined, or --privileged";

// A cell with a program in it, and what the program writes to standard error.
class Trial {
 public:
  static std::expected<Trial, Obstacle> begin(const CellPlan& plan,
                                              const std::vector<std::string>& arguments) {
    auto folder = ScratchFolder::make(plan.temporary);
    if (!folder) return std::unexpected(Obstacle{.what = folder.error(), .remedy = {}});
    auto link = SupervisorLink::open(*plan.launcher, make_supervisor_plan(plan, folder->path()));
    if (!link) return std::unexpected(explain_no_supervisor(link.error()));
    Trial trial(*std::move(folder), *std::move(link));
    auto pipe = make_pipe();
    if (!pipe) return std::unexpected(Obstacle{.what = "cannot make a pipe", .remedy = {}});
    trial.errors_ = OutputPipe(std::move(pipe->read_end));
    const StartRequest request =
        make_start_request(plan, {trial.folder_.path(), trial.folder_.path()}, trial.link_.pid(),
                           arguments.front(), arguments);
    StartDescriptors descriptors{.output = FileDescriptor(open("/dev/null", O_WRONLY | O_CLOEXEC)),
                                 .errors = std::move(pipe->write_end)};
    if (request.is_filtered) {
      auto filter = make_system_call_filter();
      if (!filter) return std::unexpected(Obstacle{.what = filter.error(), .remedy = {}});
      descriptors.filter = *std::move(filter);
    }
    const auto started = trial.link_.start(request, descriptors);
    if (!started) {
      return std::unexpected(Obstacle{.what = started.error().to_string(), .remedy = {}});
    }
    return trial;
  }

  SupervisorLink& link() { return link_; }

  // Gives whether it ends well, within the time of a trial.
  bool succeeds() {
    for (int turn = 0; turn < kTrialTurns && !wait(); ++turn) {
    }
    return link_.exit() == ExitStatus{.by_signal = false, .value = 0};
  }

  // The first line of what it wrote to standard error.
  std::string complaint() {
    errors_.pull();
    return errors_.output().bytes.substr(0, errors_.output().bytes.find('\n'));
  }

  // One turn of waiting. Gives whether the program has ended, or could not be run.
  bool wait() {
    pollfd news{.fd = link_.fd(), .events = POLLIN, .revents = 0};
    poll(&news, 1, kTrialTurnMs);
    link_.take_news();
    errors_.pull();
    return link_.exit() || link_.is_lost() || start_failure();
  }

  Obstacle failure() {
    std::string text = start_failure() ? start_failure()->to_string() : complaint();
    if (text.empty()) text = link_.exit() ? to_string(*link_.exit()) : "it does not end";
    const bool by_bubblewrap = text.starts_with("bwrap: ");
    return {.what = fmt::format("a trial program fails: {}", text),
            .remedy = by_bubblewrap ? kAllowNamespaces : ""};
  }

 private:
  Trial(ScratchFolder folder, SupervisorLink link)
      : folder_(std::move(folder)), link_(std::move(link)) {}

  static Obstacle explain_no_supervisor(const LaunchFailure& failure) {
    Obstacle obstacle{.what = failure.to_string(), .remedy = {}};
    if (failure.error == EPERM || failure.error == ENOSPC || failure.error == EACCES)
      obstacle.remedy = kAllowNamespaces;
    return obstacle;
  }

  const LaunchFailure* start_failure() const {
    const auto& outcome = link_.start_outcome();
    return outcome && !*outcome ? &outcome->error() : nullptr;
  }

  ScratchFolder folder_;
  SupervisorLink link_;
  OutputPipe errors_;
};

// The tiers with namespaces of their own mount a /proc of their own.
std::optional<Obstacle> find_obstacle_in_proc() {
  const ProcessTable host = ProcessTable::of_host();
  if (host.shows_own_namespace()) return std::nullopt;
  const bool mounted = host.read("stat").has_value();
  return Obstacle{.what = mounted ? "/proc shows the processes of another process namespace, and "
                                    "not those of this one"
                                  : "/proc is not mounted",
                  .remedy = "mount -t proc proc /proc, or start chatspec by unshare --mount-proc"};
}

std::optional<Obstacle> find_missing_tool(const SandboxPolicy& policy) {
  if (policy.bubblewrap.empty()) {
    return Obstacle{.what = "bubblewrap is not installed",
                    .remedy = "install the package bubblewrap"};
  }
  if (geteuid() == 0 && policy.setpriv.empty()) {
    return Obstacle{.what = "setpriv is not installed", .remedy = "install the package util-linux"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Obstacle> find_obstacle(const CellPlan& plan) {
  if (plan.isolation == Isolation::kSandbox) {
    if (auto missing = find_missing_tool(plan.policy)) return missing;
  }
  if (!plan.has_own_namespaces()) {
    if (auto foreign = find_obstacle_in_proc()) return foreign;
  }
  auto trial = Trial::begin(plan, {"/bin/true"});
  if (!trial) return trial.error();
  auto sockets = open_socket_table(plan, trial->link());
  if (!sockets || !sockets->listening()) {
    return Obstacle{.what = "the kernel does not show its table of sockets (NETLINK_SOCK_DIAG)",
                    .remedy = "load its modules: modprobe -a tcp_diag unix_diag"};
  }
  if (trial->succeeds()) return std::nullopt;
  return trial->failure();
}

// A folder only needs to be entered, and a program may be run that cannot be read.
std::optional<Obstacle> find_obstacle_to_reading(const CellPlan& plan) {
  std::vector<std::string> arguments{
      "/bin/sh", "-c",
      "for path; do [ -x \"$path\" ] || { [ ! -d \"$path\" ] && [ -r \"$path\" ]; } || "
      "{ printf '%s\\n' \"$path\" >&2; exit 1; }; done",
      "-"};
  std::ranges::copy(plan.policy.readable, std::back_inserter(arguments));
  auto trial = Trial::begin(plan, arguments);
  if (!trial) return trial.error();
  if (trial->succeeds()) return std::nullopt;
  const std::filesystem::path closed = trial->complaint();
  std::error_code unknown;
  if (!std::filesystem::exists(closed, unknown)) return trial->failure();
  return Obstacle{.what = fmt::format("the sandbox's user may not read {}", closed.native()),
                  .remedy = fmt::format(
                      "chmod {}+{} {}{}", geteuid() == 0 ? 'o' : 'u',
                      std::filesystem::is_directory(closed, unknown) ? "rx" : "r", closed.native(),
                      geteuid() == 0 ? ", or run chatspec as the user who owns it" : "")};
}

std::optional<Obstacle> find_obstacle_to_observing(const CellPlan& plan) {
  const std::vector<std::string> arguments{"/bin/sleep", "1000.25"};
  auto trial = Trial::begin(plan, arguments);
  if (!trial) return trial.error();
  FileDescriptor proc = trial->link().take_proc();
  const ProcessTable processes(std::move(proc));
  const pid_t supervisor = plan.has_own_namespaces() ? 1 : trial->link().pid();
  for (int turn = 0; turn < kTrialTurns && !trial->wait(); ++turn) {
    const auto entries = processes.descendants(supervisor);
    if (!entries) return Obstacle{.what = entries.error().to_string(), .remedy = {}};
    for (const ProcessEntry& entry : *entries) {
      if (processes.command_line(entry.pid) != arguments[0] + " " + arguments[1]) continue;
      const auto threads = read_threads(processes, {entry.pid});
      if (threads && threads->empty()) continue;
      if (threads) return std::nullopt;
      return Obstacle{.what = threads.error(),
                      .remedy =
                          "run as root, or set sysctl kernel.yama.ptrace_scope to 1 or 0; in "
                          "Docker, --cap-add SYS_PTRACE"};
    }
  }
  return trial->failure();
}

}  // namespace chatspec
