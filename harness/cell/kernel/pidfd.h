// Descriptors of processes. By system call, because <sys/pidfd.h> of glibc 2.36 cannot be used from
// C++.

#pragma once

#include <unistd.h>

#include <sys/syscall.h>
#include <sys/types.h>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// Without a descriptor, and errno set, where it fails.
inline FileDescriptor open_pidfd(pid_t pid) {
  return FileDescriptor(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
}

inline bool signal_pidfd(int pidfd, int number) {
  return syscall(SYS_pidfd_send_signal, pidfd, number, nullptr, 0) == 0;
}

// A descriptor of our own for what another process has as `fd`; needs the right to trace it.
inline FileDescriptor copy_descriptor(int pidfd, int fd) {
  return FileDescriptor(static_cast<int>(syscall(SYS_pidfd_getfd, pidfd, fd, 0)));
}

}  // namespace chatspec
