#include "harness/cell/isolation/obstacle.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "harness/cell/isolation/guests.h"
#include "harness/cell/kernel/threads.h"

namespace chatspec {
namespace {

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
  if (has_guests() && policy.setpriv.empty()) {
    return Obstacle{.what = "setpriv is not installed", .remedy = "install the package util-linux"};
  }
  return std::nullopt;
}

// What has to be there before any cell is made.
std::optional<Obstacle> find_obstacle_outside(const CellPlan& plan) {
  if (plan.isolation == Isolation::kSandbox) {
    if (auto missing = find_missing_tool(plan.policy)) return missing;
  }
  return plan.has_own_namespaces() ? std::nullopt : find_obstacle_in_proc();
}

std::optional<Obstacle> find_obstacle_to_sockets(const CellPlan& plan, Trial& trial) {
  auto sockets = open_socket_table(plan, trial.link());
  if (sockets && sockets->listening()) return std::nullopt;
  return Obstacle{.what = "the kernel does not show its table of sockets (NETLINK_SOCK_DIAG)",
                  .remedy = "load its modules: modprobe -a tcp_diag unix_diag"};
}

// A command that ends, complaining of it, at the first path that it may not read, and goes on with
// `then`. A folder only needs to be entered, and a program may be run that cannot be read.
std::vector<std::string> reading_command(const CellPlan& plan, std::string_view then) {
  std::vector<std::string> arguments{
      "/bin/sh", "-c",
      fmt::format(
          "for path; do [ -x \"$path\" ] || {{ [ ! -d \"$path\" ] && [ -r \"$path\" ]; }} || "
          "{{ printf '%s\\n' \"$path\" >&2; exit 1; }}; done; {}",
          then),
      "-"};
  std::ranges::copy(plan.policy.readable, std::back_inserter(arguments));
  return arguments;
}

constexpr std::string_view kSleeper = "/bin/sleep 1000.25";
const std::string kBecomeSleeper = fmt::format("exec {}", kSleeper);

// Of a trial that becomes the sleeper.
std::optional<Obstacle> find_obstacle_to_observing(const CellPlan& plan, Trial& trial) {
  FileDescriptor proc = trial.link().take_proc();
  const ProcessTable processes(std::move(proc));
  const pid_t supervisor = plan.has_own_namespaces() ? 1 : trial.link().pid();
  for (int turn = 0; turn < kTrialTurns && !trial.wait(); ++turn) {
    const auto entries = processes.descendants(supervisor);
    if (!entries) return Obstacle{.what = entries.error().to_string(), .remedy = {}};
    for (const ProcessEntry& entry : *entries) {
      if (processes.command_line(entry.pid) != kSleeper) continue;
      const auto threads = read_threads(processes, {entry.pid});
      if (threads && threads->empty()) continue;
      if (threads) return std::nullopt;
      return Obstacle{.what = threads.error().to_string(),
                      .remedy =
                          "run as root, or set sysctl kernel.yama.ptrace_scope to 1 or 0; in "
                          "Docker, --cap-add SYS_PTRACE"};
    }
  }
  return trial.failure();
}

}  // namespace

bool is_without_obstacle(const CellPlan& plan) {
  if (find_obstacle_outside(plan)) return false;
  auto trial = Trial::begin(plan, reading_command(plan, kBecomeSleeper));
  return trial && !find_obstacle_to_sockets(plan, *trial) &&
         !find_obstacle_to_observing(plan, *trial);
}

std::optional<Obstacle> find_obstacle(const CellPlan& plan) {
  if (auto outside = find_obstacle_outside(plan)) return outside;
  auto trial = Trial::begin(plan, {"/bin/true"});
  if (!trial) return trial.error();
  if (auto unseen = find_obstacle_to_sockets(plan, *trial)) return unseen;
  if (trial->succeeds()) return std::nullopt;
  return trial->failure();
}

std::optional<Obstacle> find_obstacle_to_reading(const CellPlan& plan) {
  auto trial = Trial::begin(plan, reading_command(plan, "exit 0"));
  if (!trial) return trial.error();
  if (trial->succeeds()) return std::nullopt;
  const std::filesystem::path closed = trial->complaint();
  std::error_code unknown;
  if (!std::filesystem::exists(closed, unknown)) return trial->failure();
  return Obstacle{.what = fmt::format("the sandbox's user may not read {}", closed.native()),
                  .remedy = fmt::format(
                      "chmod {}+{} {}{}", has_guests() ? 'o' : 'u',
                      std::filesystem::is_directory(closed, unknown) ? "rx" : "r", closed.native(),
                      has_guests() ? ", or run chatspec as the user who owns it" : "")};
}

std::optional<Obstacle> find_obstacle_to_observing(const CellPlan& plan) {
  auto trial = Trial::begin(plan, {"/bin/sh", "-c", kBecomeSleeper});
  if (!trial) return trial.error();
  return find_obstacle_to_observing(plan, *trial);
}

}  // namespace chatspec
