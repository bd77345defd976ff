// What a blocked thread waits for, read off the line that the kernel shows of it in
// /proc/PID/task/TID/syscall (proc(5)): the number and the arguments of its system call.
//
// The table knows the calls in which programs wait. A call that it does not know proves nothing.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chatspec {

enum class Architecture { kX86_64, kArm64 };

// What ends a wait.
enum class Awaits {
  kInput,      // something to read, or a connection to accept, on one descriptor
  kRoom,       // room to write on one descriptor
  kReadiness,  // one of several descriptors: poll, select and epoll
  kThread,     // another thread of the cell: a futex
  kProcess,    // the end of a child
  kSignal,
  kTime,     // nothing but time
  kUnknown,  // cannot be told from outside
};

// What ends a wait although nothing happens.
enum class TimeLimit {
  kNone,
  kAlways,
  kUnlessNull,            // the argument is a pointer to a time; null is none
  kUnlessNegative,        // the argument is a number of milliseconds; negative is none
  kOfSocket,              // a socket may have one of its own (SO_RCVTIMEO, SO_SNDTIMEO)
  kUnlessNullOrOfSocket,  // both
};

struct SystemCall {
  std::string_view name;  // as programmers know it: recv for recvfrom, poll for ppoll
  int x86_64;             // its numbers; -1 where there is none
  int arm64;
  Awaits awaits;
  TimeLimit limit;
  std::size_t limit_argument;
};

// The name of any call of this machine's architecture, those that the table does not know too; ""
// where the kernel headers have none.
std::string_view name_system_call(std::int64_t number);

// The call of a number, or null. The whole table is in system_call.cc.
const SystemCall* find_system_call(Architecture architecture, std::int64_t number);

struct BlockedCall {
  const SystemCall* call = nullptr;
  std::array<std::uint64_t, 6> arguments{};

  Awaits awaits() const;  // for calls that do several things, as their arguments say
  // Whether no other process can share what a futex lies in; its address is the first argument.
  bool is_private_futex() const;
  // Of clone3(): where in the caller's memory its flags stand. Whether it waits depends on them.
  std::optional<std::uint64_t> clone_flags_address() const;
  // Whether time alone may end the wait. What a socket has is left to whoever can ask it.
  bool has_time_limit() const;
  bool may_have_limit_of_socket() const {
    return call->limit == TimeLimit::kOfSocket || call->limit == TimeLimit::kUnlessNullOrOfSocket;
  }
};

// Whether a clone with these flags waits until its child has ended, or become another program.
bool waits_for_child(std::uint64_t clone_flags);

// Nothing where the thread is running, about to run, not in a system call, or in one that the table
// does not know.
std::optional<BlockedCall> parse_blocked_call(std::string_view line, Architecture architecture);

// The architecture of a program's file, from its first bytes; nothing where it is another one.
std::optional<Architecture> architecture_of(std::string_view elf_header);

}  // namespace chatspec
