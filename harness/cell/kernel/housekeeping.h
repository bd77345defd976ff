// Threads that wake by the clock and do nothing of the program's own: with them its runtime keeps
// house. Whatever else wakes by the clock may be what answers, such as a thread that looks into a
// queue ten times a second.

#pragma once

#include "harness/cell/kernel/process_table.h"
#include "harness/cell/kernel/threads.h"
#include "harness/cell/kernel/wait.h"

namespace chatspec {

// Whether time ends the wait of this thread for its runtime's sake only: it has the name that the
// virtual machine of Java, or another's, gives to such a one, or its time is as far away as Go's
// system monitor sets it where all rests. False where its name cannot be read.
bool keeps_house(const ProcessTable& processes, const ThreadView& thread, const Wait& wait);

}  // namespace chatspec
