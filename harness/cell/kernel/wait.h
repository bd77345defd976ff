// What one blocked thread waits for, in full: its system call, the descriptors that it names in
// registers, in memory or by an epoll set, and whether time alone may end it.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/kernel/process_table.h"
#include "harness/cell/kernel/system_call.h"
#include "harness/cell/kernel/threads.h"

namespace chatspec {

// Something that a thread waits for news of.
struct WaitedFor {
  int fd = -1;
  std::string link;  // as in /proc/PID/fd: "socket:[123]", "pipe:[45]", "anon_inode:[eventfd]"
  ino_t socket = 0;  // its inode, where it is one
};

struct Wait {
  pid_t process = 0;
  std::string call{};  // its name; "" of a stopped process
  Awaits awaits = Awaits::kUnknown;
  bool timed = false;  // time alone may end it, or that cannot be told
  // It is timed, and was to last longer than anything of a program is waited for.
  bool is_far = false;
  std::vector<WaitedFor> on{};
  // In an epoll set stays a file whose descriptor was closed, where another leads to it. Kernel
  // objects that all have one inode ("anon_inode:") cannot be told from each other there.
  bool is_by_epoll = false;

  std::string to_string() const;  // for people: "recv()", "a stop"
};

// Reaches a process of the cell by its number in the cell's /proc: gives a descriptor of it.
using ProcessOpener = std::function<FileDescriptor(pid_t)>;

// `thread` is blocked. A call that cannot be understood gives Awaits::kUnknown.
Wait analyse_wait(const ProcessTable& processes, const ThreadView& thread,
                  const ProcessOpener& open_process);

}  // namespace chatspec
