#include "harness/cell/kernel/held_by.h"

#include <string>

#include "harness/cell/kernel/look_bounds.h"
#include "harness/cell/kernel/memory_use.h"

namespace chatspec {
namespace {

Reading<Holdings> held_by_one(const ProcessTable& processes, pid_t pid, std::size_t most) {
  const std::string folder = std::to_string(pid);
  Holdings held{.processes = 1};
  const auto process = processes.process(pid);
  if (!process) return std::unexpected(process.error());
  if (process->ended()) return held;
  const auto open = processes.open_descriptors(pid, most);
  if (!open) return std::unexpected(open.error());
  const auto threads = processes.list_numbers(folder + "/task");
  if (!threads) return std::unexpected(threads.error());
  const auto status = processes.read(folder + "/status");
  if (!status) return std::unexpected(status.error());
  const auto memory = parse_process_memory(*status);
  if (!memory) return unread("/proc/" + folder + "/status", EINVAL);
  held.descriptors = open->size();
  held.threads = threads->size();
  held.memory = memory->own;
  return held;
}

}  // namespace

Reading<Holdings> held_by(const ProcessTable& processes, const std::vector<pid_t>& pids) {
  Holdings all;
  for (const pid_t pid : pids) {
    const auto one = read_unless_gone(processes, pid, [&] {
      return held_by_one(processes, pid, kMostDescriptors - all.descriptors);
    });
    if (!one) return std::unexpected(one.error());
    if (!*one) continue;
    all.descriptors += (*one)->descriptors;
    all.processes += (*one)->processes;
    all.threads += (*one)->threads;
    all.memory += (*one)->memory;
  }
  return all;
}

}  // namespace chatspec
