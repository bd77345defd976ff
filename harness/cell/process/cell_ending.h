// How what runs in a cell is ended: what is left is asked, then killed, and what had to be killed
// is told.

#pragma once

#include <functional>
#include <string>

#include "harness/cell/process/cell_processes.h"
#include "harness/cell/sockets/wait_loop.h"

namespace chatspec {

// Ends every process of the cell, and reads the rest of its output. Gives sentences about what was
// left over, or "". `before_asking` is called when nothing has been asked to end yet.
std::string end_processes(CellProcesses& processes, WaitLoop& loop,
                          const std::function<void()>& before_asking);

}  // namespace chatspec
