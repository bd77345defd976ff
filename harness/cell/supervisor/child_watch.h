// How a process that keeps others learns that one of them has ended.

#pragma once

#include <csignal>

#include <sys/signalfd.h>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// Becomes readable when a child has ended; SIGCHLD is blocked from then on. Invalid where it cannot
// be made.
inline FileDescriptor watch_children() {
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child_ended, nullptr);
  std::signal(SIGCHLD, SIG_DFL);
  return FileDescriptor(signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK));
}

}  // namespace chatspec
