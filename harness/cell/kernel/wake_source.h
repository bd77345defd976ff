// By what a process can be woken: the whole list of the kernel's means, how each is recognised from
// outside, and what it means for a proof that nobody moves by himself. What is not in the list is
// not understood, and what is not understood proves nothing.
//
// The test of this file runs a program for each entry that sleeps by it and then goes on.

#pragma once

#include <array>
#include <string_view>

#include "harness/cell/kernel/process_table.h"

namespace chatspec {

// Where a means is seen.
enum class WakeSign {
  kDescriptor,  // `sign` begins the link of /proc/PID/fd
  kMapping,     // `sign` begins the name in /proc/PID/maps
  kCall,        // `sign` is the system call in which a thread waits; system_call.cc has them
  kProcess,     // something else of the process: see find_background()
};

// What it means for a proof.
enum class WakeProof {
  kByPeer,            // understood: who has its other end may wake by it: the cell, or we
  kByCell,            // understood: none but the cell's own processes may wake by it
  kByTime,            // understood: time may wake by it while it is set
  kNoneWhereAwaited,  // no proof where a thread waits for it
  kNone,              // no proof where a process has it at all
};

struct WakeSource {
  std::string_view name;  // also that of the test program's mode
  WakeSign seen_by;
  std::string_view sign;
  WakeProof proof;
};

// Of two whose signs begin alike, the longer stands first.
inline constexpr auto kWakeSources = std::to_array<WakeSource>({
    {"socket", WakeSign::kDescriptor, "socket:[", WakeProof::kByPeer},
    {"pipe", WakeSign::kDescriptor, "pipe:[", WakeProof::kByPeer},
    {"eventfd", WakeSign::kDescriptor, "anon_inode:[eventfd]", WakeProof::kByCell},
    // Signals of timers are seen by the entries "posix-timer" and "alarm".
    {"signalfd", WakeSign::kDescriptor, "anon_inode:[signalfd]", WakeProof::kByCell},
    {"timerfd", WakeSign::kDescriptor, "anon_inode:[timerfd]", WakeProof::kByTime},
    {"nested-epoll", WakeSign::kDescriptor, "anon_inode:[eventpoll]", WakeProof::kNoneWhereAwaited},
    {"inotify", WakeSign::kDescriptor, "anon_inode:inotify", WakeProof::kNoneWhereAwaited},
    {"fanotify", WakeSign::kDescriptor, "anon_inode:[fanotify]", WakeProof::kNoneWhereAwaited},
    {"pidfd", WakeSign::kDescriptor, "anon_inode:[pidfd]", WakeProof::kNoneWhereAwaited},
    {"io-uring", WakeSign::kDescriptor, "anon_inode:[io_uring]", WakeProof::kNone},
    {"userfaultfd", WakeSign::kDescriptor, "anon_inode:[userfaultfd]", WakeProof::kNone},
    {"perf-event", WakeSign::kDescriptor, "anon_inode:", WakeProof::kNone},  // and all others
    // Named pipes, terminals, devices, message queues.
    {"fifo", WakeSign::kDescriptor, "/", WakeProof::kNoneWhereAwaited},
    // What goes on in the background although its descriptor was closed.
    {"io-uring-mapped", WakeSign::kMapping, "anon_inode:[io_uring]", WakeProof::kNone},
    {"aio", WakeSign::kMapping, "/[aio]", WakeProof::kNone},
    // Calls that end by what is outside of the cell.
    {"shared-futex", WakeSign::kCall, "futex", WakeProof::kNoneWhereAwaited},  // in shared memory
    {"message-queue", WakeSign::kCall, "mq_timedreceive", WakeProof::kNoneWhereAwaited},
    {"sysv-message", WakeSign::kCall, "msgrcv", WakeProof::kNoneWhereAwaited},
    {"sysv-semaphore", WakeSign::kCall, "semop", WakeProof::kNoneWhereAwaited},
    {"file-lock", WakeSign::kCall, "flock", WakeProof::kNoneWhereAwaited},
    {"record-lock", WakeSign::kCall, "fcntl", WakeProof::kNoneWhereAwaited},
    {"fifo-open", WakeSign::kCall, "openat", WakeProof::kNoneWhereAwaited},
    // Signals that come without anybody's doing, or by that of somebody outside of the cell.
    {"posix-timer", WakeSign::kProcess, "/proc/PID/timers", WakeProof::kNone},
    {"alarm", WakeSign::kProcess, "catches or blocks SIGALRM", WakeProof::kNone},
    {"signal-io", WakeSign::kProcess, "a descriptor with O_ASYNC", WakeProof::kNone},
    {"directory-notify", WakeSign::kProcess, "a folder is open, and a signal caught or blocked",
     WakeProof::kNone},
    {"lease", WakeSign::kProcess, "a descriptor with a lease", WakeProof::kNone},
    {"queue-notify", WakeSign::kProcess, "a message queue is open", WakeProof::kNone},
    {"thread-group", WakeSign::kProcess, "its first thread has ended, so that not all is shown",
     WakeProof::kNone},
});

// What a descriptor is by which a thread waits; of a link that no entry knows, no proof either.
WakeProof proof_of_descriptor(std::string_view link);

// The name of something by which a process may be woken whatever its threads wait for (kNone); ""
// where it has no such thing. `open` is what it has open.
Reading<std::string_view> find_background(const ProcessTable& processes, pid_t pid,
                                          std::span<const OpenDescriptor> open);

// Whether that is work that the kernel does for the process meanwhile, and not a signal.
bool is_kernel_work(std::string_view background);

// Whether a timer behind a descriptor may go off.
Reading<bool> is_set_timer(const ProcessTable& processes, pid_t pid, int fd);

// Whether what lies at an address of a process's memory may be shared with a process outside of the
// cell: all that is, but for memory without a name, which only children inherit.
Reading<bool> is_shared_memory(const ProcessTable& processes, pid_t pid, std::uint64_t address);

// The flags with which a descriptor was opened, and that were set since (open(2)).
Reading<int> descriptor_flags(const ProcessTable& processes, pid_t pid, int fd);

}  // namespace chatspec
