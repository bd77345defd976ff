// Ends all processes of a cell.

#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "harness/cell/process_tree.h"

namespace chatspec {

// How a cell waits for processes while it goes on reading what they write.
class EndWaiter {
 public:
  virtual ~EndWaiter() = default;
  // Waits until all of the processes have ended, or the time is over. With `heed_interrupt`, gives
  // false as soon as the user interrupts; else true.
  virtual bool wait_for_end(const std::vector<HeldProcess>& processes,
                            std::chrono::nanoseconds time, bool heed_interrupt) = 0;
};

// Asks every process of the tree to end (SIGTERM), then forces those that don't. Gives what is
// worth telling: what was still running although the first process had ended, what had to be
// forced, and what could not; nothing where all ended when asked.
std::string end_processes(const ProcessTree& tree, bool first_has_ended, EndWaiter& waiter);

bool has_ended(const HeldProcess& process);

}  // namespace chatspec
