// Signals to processes that were found in /proc, and are not ours to wait for: by the time at which
// one is signalled its number may be another's.

#pragma once

#include "harness/cell/kernel/process_table.h"

namespace chatspec {

// Sends a signal to a process if it is still the one that was found; `processes` shows our own
// namespace. Gives whether it was sent.
bool signal_found(const ProcessTable& processes, const ProcessEntry& found, int number);

}  // namespace chatspec
