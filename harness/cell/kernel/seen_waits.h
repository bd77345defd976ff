// What the threads of a cell that all wait are doing, as a fact and in words.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/cell/kernel/socket_table.h"
#include "harness/cell/kernel/threads.h"
#include "harness/cell/kernel/wait.h"
#include "harness/cell/observer.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// All of it is borrowed.
struct SeenWaits {
  std::vector<const Wait*> waits{};         // of the program's threads
  const Wait* holder = nullptr;             // the one that concerns us
  bool holder_serves = false;               // it waits for the next client
  const Wait* server = nullptr;             // the first that waits for the next client
  const ConnectionView* awaited = nullptr;  // the connection on which something is due
  std::optional<SocketEnd> end{};           // the implementation's end of that
};

// "blocked in recv() on this connection, all 6 bytes read"
std::string describe(const SeenWaits& seen);

// What describe() tells of.
LastSeen name_activity(const SeenWaits& seen);

// How much of what we sent it has not read.
std::uint64_t count_unread(const SocketEnd& end, const ConnectionView& connection);

// A thread's system call of which it is not known what ends it.
std::string describe_call(const ThreadView& thread);

}  // namespace chatspec
