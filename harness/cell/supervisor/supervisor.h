// The process that keeps a cell: one for each, between the harness and the implementation. It
// starts the implementation and waits for its end, makes sockets in the cell's network and passes
// them out, and is the parent to whom every orphan of the cell falls. So nothing of a cell can get
// out of its sight, and when the supervisor has no child left, the cell is empty: that is not
// looked up but known.
//
// With namespaces of its own it is the first process of the cell's process namespace, and its end
// is the end of every process there, which the kernel sees to. Without, it is a child sub-reaper
// and ends them itself. Either way it ends when the harness does, however that ends.
//
// The harness asks over a message socket and gets one answer each; that the implementation has
// begun to run, its end and that of the whole cell it tells unasked, and that it killed them for
// the memory they used. supervisor_protocol.h has the words, and supervisor_link.h is the harness's
// end.

#pragma once

#include "harness/cell/file_descriptor.h"
#include "harness/cell/supervisor/supervisor_protocol.h"

namespace chatspec {

// Is a supervisor until the harness wants it to end, and then does not return. For a process that
// was forked for it and has a single thread.
[[noreturn]] void run_supervisor(const SupervisorPlan& plan, FileDescriptor harness);

}  // namespace chatspec
