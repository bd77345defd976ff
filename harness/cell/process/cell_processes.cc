#include "harness/cell/process/cell_processes.h"

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>

#include "harness/cell/kernel/held_by.h"
#include "harness/cell/kernel/look_bounds.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxNamed = 3;

}  // namespace

CellProcesses::CellProcesses(const CellPlan& plan, SupervisorLink supervisor)
    : plan_(plan), supervisor_(std::move(supervisor)), table_(supervisor_.take_proc()) {}

// Where bubblewrap is the first process, it tells of a signal as a shell does.
std::optional<ExitStatus> CellProcesses::exit() const {
  const auto exit = supervisor_.exit();
  const bool is_told = is_wrapped() && exit && !exit->by_signal;
  const auto signal = is_told ? signal_told_by(exit->value) : std::nullopt;
  return signal ? ExitStatus{.by_signal = true, .value = *signal} : exit;
}

bool CellProcesses::has_unheard_end() const {
  if (!started_ || supervisor_.is_lost()) return false;
  if (supervisor_.exit()) {
    const auto left = list();
    return !left || (!supervisor_.is_empty() && left->empty());
  }
  const auto first = table_.process(supervisor_.first());
  return !first || first->ended();
}

// In a process namespace there is nothing but the supervisor, which is the first, and the cell.
Reading<std::vector<pid_t>> CellProcesses::list_all() const {
  if (plan_.has_own_namespaces()) {
    auto all = table_.list_numbers(".");
    if (all) std::erase(*all, 1);
    return all;
  }
  if (supervisor_.has_ended()) return unread("the processes of a cell", ESRCH);
  const auto entries = table_.descendants(supervisor_.pid());
  if (!entries) return std::unexpected(entries.error());
  std::vector<pid_t> pids;
  for (const ProcessEntry& entry : *entries) pids.push_back(entry.pid);
  return pids;
}

Reading<std::vector<pid_t>> CellProcesses::list() const {
  const auto pids = list_all();
  if (!pids) return pids;
  std::vector<pid_t> live;
  for (const pid_t pid : *pids) {
    const auto task = read_unless_gone(table_, pid, [&] { return table_.live_task(pid); });
    if (!task) return std::unexpected(task.error());
    if (*task && !(*task)->empty()) live.push_back(pid);
    if (live.size() > kMostProcesses) return too_much("its processes", kMostProcesses);
  }
  return live;
}

bool CellProcesses::is_wrapper(pid_t pid) const {
  return is_wrapped() && pid == supervisor_.first();
}

// The sandbox's bubblewrap, and setpriv, which comes after it where we are root.
std::vector<FileIdentity> CellProcesses::identify_starters() const {
  std::vector<FileIdentity> starters;
  if (!is_wrapped()) return starters;
  for (const std::string& path : {plan_.policy.bubblewrap, plan_.policy.setpriv}) {
    if (const auto file = identify_file(path)) starters.push_back(*file);
  }
  return starters;
}

Reading<std::vector<ino_t>> CellProcesses::open_sockets() const {
  const auto pids = list();
  if (!pids) return std::unexpected(pids.error());
  std::vector<ino_t> inodes;
  for (const pid_t pid : *pids) {
    const auto open = table_.open_sockets(pid, kMostDescriptors - inodes.size());
    if (!open && table_.is_gone(std::to_string(pid))) continue;
    if (!open) return open;
    inodes.insert(inodes.end(), open->begin(), open->end());
  }
  std::ranges::sort(inodes);
  return inodes;
}

Reading<Holdings> CellProcesses::holdings() const {
  auto pids = list_all();
  if (!pids) return std::unexpected(pids.error());
  std::erase_if(*pids, [this](pid_t pid) { return is_wrapper(pid); });
  if (pids->size() > kMostProcesses) return too_much("its processes", kMostProcesses);
  return held_by(table_, *pids);
}

std::string CellProcesses::names_of(std::vector<pid_t> processes) const {
  std::string names;
  std::erase_if(processes, [this](pid_t pid) { return is_wrapper(pid); });
  for (std::size_t i = 0; i < std::min(processes.size(), kMaxNamed); ++i) {
    names += (i == 0 ? "" : ", ") + table_.command_line(processes[i]);
  }
  if (processes.size() > kMaxNamed) {
    names += fmt::format(" and {} more", processes.size() - kMaxNamed);
  }
  return names;
}

}  // namespace chatspec
