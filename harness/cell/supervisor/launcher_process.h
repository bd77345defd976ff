// What the launcher (launcher.h) does in its own process. It makes a supervisor for each request,
// waits for their end, and is a child sub-reaper: what a supervisor without namespaces leaves
// behind when something kills it falls to the launcher, which ends it.

#pragma once

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// Is the launcher until the harness is gone and every supervisor with it; then the process ends.
// For one that was forked for it and has a single thread.
[[noreturn]] void run_launcher(FileDescriptor harness);

}  // namespace chatspec
