#include "harness/cell/kernel/process_signal.h"

#include "harness/cell/kernel/pidfd.h"

namespace chatspec {

// A process that is the same before and after the descriptor was opened is the descriptor's.
bool signal_found(const ProcessTable& processes, const ProcessEntry& found, int number) {
  const FileDescriptor process = open_pidfd(found.pid);
  if (!process) return false;
  const auto now = processes.process(found.pid);
  return now && now->start_time == found.start_time && signal_pidfd(process.get(), number);
}

}  // namespace chatspec
