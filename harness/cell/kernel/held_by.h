// What processes hold, as the kernel shows it from outside.

#pragma once

#include <vector>

#include "harness/cell/holdings.h"
#include "harness/cell/kernel/process_table.h"

namespace chatspec {

// Of all of these together, without those that went while it was looked. Beyond kMostDescriptors it
// is an error (Unread::is_too_much).
Reading<Holdings> held_by(const ProcessTable& processes, const std::vector<pid_t>& pids);

}  // namespace chatspec
