#include "harness/cell/process_tree.h"

#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <signal.h>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/wait.h>

#include "harness/cell/child_registry.h"
#include "harness/cell/pidfd.h"

namespace chatspec {
namespace {

constexpr std::string_view kMarkVariable = "CHATSPEC_CELL=";

// What another part of the harness may have started is in the harness's session; nothing of a cell
// ever is.
bool is_orphan(const ProcessEntry& entry, const ChildRegistry::Locked& registry) {
  return entry.parent == getpid() && entry.session != getsid(0) && !registry.contains(entry.pid);
}

}  // namespace

ProcessTree::ProcessTree(pid_t first, std::string mark, std::filesystem::path folder)
    : first_(first), mark_(std::move(mark)), folder_(std::move(folder)) {}

std::string ProcessTree::new_mark() {
  static const auto harness = std::random_device{}();
  static std::atomic<unsigned> count{0};
  return fmt::format("{}{}-{:08x}-{}", kMarkVariable, getpid(), harness, ++count);
}

std::vector<ProcessEntry> ProcessTree::living() const {
  auto registry = ChildRegistry::Locked(ChildRegistry::instance());
  const bool alone = registry.size() == 1 && registry.contains(first_);
  const auto is_ours = [&](const ProcessEntry& entry) {
    if (entry.pid == first_ || entry.session == first_) return true;
    if (entry.ended() || !is_orphan(entry, registry)) return false;
    return started_with(entry.pid, mark_).value_or(false) || works_below(entry.pid, folder_) ||
           (alone && !started_with(entry.pid, kMarkVariable).value_or(false));
  };
  const auto all = read_processes();
  std::set<pid_t> members;
  for (const auto& entry : all) {
    if (is_ours(entry)) members.insert(entry.pid);
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& entry : all) {
      if (members.contains(entry.parent)) grown |= members.insert(entry.pid).second;
    }
  }
  std::vector<ProcessEntry> result;
  std::ranges::copy_if(all, std::back_inserter(result), [&](const ProcessEntry& entry) {
    return members.contains(entry.pid) && !entry.ended();
  });
  return result;
}

std::vector<HeldProcess> ProcessTree::hold_living() const {
  std::vector<HeldProcess> held;
  for (const auto& entry : living()) {
    FileDescriptor pidfd = open_pidfd(entry.pid);
    const auto now = read_process(entry.pid);
    if (!pidfd || !now || now->start_time != entry.start_time) continue;
    held.push_back({entry, std::move(pidfd)});
  }
  return held;
}

std::optional<std::vector<ino_t>> ProcessTree::sockets() const {
  std::vector<ino_t> inodes;
  for (const auto& entry : living()) {
    const auto opened = open_sockets(entry.pid);
    if (opened) {
      inodes.insert(inodes.end(), opened->begin(), opened->end());
    } else if (const auto now = read_process(entry.pid); now && !now->ended()) {
      return std::nullopt;
    }
  }
  return inodes;
}

void ProcessTree::signal(const std::vector<HeldProcess>& processes, int number) const {
  kill(-first_, number);
  for (const auto& process : processes) {
    // The group has had it; a second SIGTERM may mean more than the first.
    if (number != SIGKILL && getpgid(process.entry.pid) == first_) continue;
    signal_pidfd(process.pidfd.get(), number);
  }
}

void ProcessTree::reap_orphans() {
  auto registry = ChildRegistry::Locked(ChildRegistry::instance());
  for (const auto& entry : read_processes()) {
    if (entry.state == 'Z' && is_orphan(entry, registry)) waitpid(entry.pid, nullptr, WNOHANG);
  }
}

}  // namespace chatspec
