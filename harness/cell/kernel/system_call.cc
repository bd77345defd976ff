#include "harness/cell/kernel/system_call.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "harness/cell/kernel/proc_text.h"

namespace chatspec {
namespace {

using enum Awaits;
using enum TimeLimit;

// Numbers from the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl and
// include/uapi/asm-generic/unistd.h. The test compares them with this machine's headers.
constexpr std::array kCalls{
    SystemCall{"read", 0, 63, kInput, kOfSocket, 0},
    SystemCall{"readv", 19, 65, kInput, kOfSocket, 0},
    SystemCall{"recv", 45, 207, kInput, kOfSocket, 0},
    SystemCall{"recvmsg", 47, 212, kInput, kOfSocket, 0},
    SystemCall{"recvmmsg", 299, 243, kInput, kUnlessNullOrOfSocket, 4},
    SystemCall{"accept", 43, 202, kInput, kOfSocket, 0},
    SystemCall{"accept", 288, 242, kInput, kOfSocket, 0},
    SystemCall{"write", 1, 64, kRoom, kOfSocket, 0},
    SystemCall{"writev", 20, 66, kRoom, kOfSocket, 0},
    SystemCall{"send", 44, 206, kRoom, kOfSocket, 0},
    SystemCall{"sendmsg", 46, 211, kRoom, kOfSocket, 0},
    SystemCall{"sendmmsg", 307, 269, kRoom, kOfSocket, 0},
    SystemCall{"poll", 7, -1, kReadiness, kUnlessNegative, 2},
    SystemCall{"poll", 271, 73, kReadiness, kUnlessNull, 2},
    SystemCall{"select", 23, -1, kReadiness, kUnlessNull, 4},
    SystemCall{"select", 270, 72, kReadiness, kUnlessNull, 4},
    SystemCall{"epoll_wait", 232, -1, kReadiness, kUnlessNegative, 3},
    SystemCall{"epoll_wait", 281, 22, kReadiness, kUnlessNegative, 3},
    SystemCall{"epoll_wait", 441, 441, kReadiness, kUnlessNull, 3},
    SystemCall{"futex", 202, 98, kThread, kUnlessNull, 3},
    SystemCall{"futex_wait", 455, 455, kThread, kUnlessNull, 4},
    SystemCall{"wait", 61, 260, kProcess, kNone, 0},
    SystemCall{"waitid", 247, 95, kProcess, kNone, 0},
    SystemCall{"vfork", 58, -1, kProcess, kNone, 0},
    SystemCall{"clone", 56, 220, kProcess, kNone, 0},
    SystemCall{"clone3", 435, 435, kProcess, kNone, 0},
    SystemCall{"pause", 34, -1, kSignal, kNone, 0},
    SystemCall{"sigsuspend", 130, 133, kSignal, kNone, 0},
    SystemCall{"nanosleep", 35, 101, kTime, kAlways, 0},
    SystemCall{"clock_nanosleep", 230, 115, kTime, kAlways, 0},
    // For any signal, that of alarm(2) included, which is then not shown as blocked.
    SystemCall{"sigtimedwait", 128, 137, kUnknown, kUnlessNull, 2},
    // One with a time limit that a stop interrupted; for what, is not shown any more.
    SystemCall{"restart_syscall", 219, 128, kUnknown, kAlways, 0},
    // For a lock on a file, which somebody outside of the cell may hold.
    SystemCall{"flock", 73, 32, kUnknown, kNone, 0},
    SystemCall{"fcntl", 72, 25, kUnknown, kNone, 0},
    // For queues and semaphores that somebody outside of the cell may use.
    SystemCall{"msgrcv", 70, 188, kUnknown, kNone, 0},
    SystemCall{"msgsnd", 69, 189, kUnknown, kNone, 0},
    SystemCall{"semop", 65, 193, kUnknown, kNone, 0},
    SystemCall{"semtimedop", 220, 192, kUnknown, kUnlessNull, 3},
    SystemCall{"mq_timedreceive", 243, 183, kUnknown, kUnlessNull, 4},
    SystemCall{"mq_timedsend", 242, 182, kUnknown, kUnlessNull, 4},
    // For what the kernel does in the background.
    SystemCall{"io_getevents", 208, 4, kUnknown, kUnlessNull, 4},
    SystemCall{"io_pgetevents", 333, 292, kUnknown, kUnlessNull, 4},
    SystemCall{"io_uring_enter", 426, 426, kUnknown, kAlways, 0},
    // For somebody at the other end: of a named pipe, of a connection, of a terminal.
    SystemCall{"open", 2, -1, kUnknown, kNone, 0},
    SystemCall{"openat", 257, 56, kUnknown, kNone, 0},
    SystemCall{"connect", 42, 203, kUnknown, kAlways, 0},
    SystemCall{"close", 3, 57, kUnknown, kAlways, 0},  // SO_LINGER has a time limit
    SystemCall{"ioctl", 16, 29, kUnknown, kNone, 0},
    // For several of the words of futex(2), each with whom it is shared.
    SystemCall{"futex_waitv", 449, 449, kUnknown, kUnlessNull, 3},
};

// linux/futex.h
constexpr std::uint64_t kFutexCommands = 0x7f;
constexpr std::array<std::uint64_t, 5> kFutexWaits{0, 6, 9, 11, 13};
constexpr std::uint64_t kFutexPrivate = 0x80;  // FUTEX_PRIVATE_FLAG, and FUTEX2_PRIVATE
constexpr std::uint64_t kCloneVfork = 0x4000;  // linux/sched.h

// All calls of this machine's kernel headers, by number; made by CMakeLists.txt.
struct NamedCall {
  std::int64_t number;
  std::string_view name;
};
constexpr auto kNames = std::to_array<NamedCall>({
#include "harness/cell/kernel/system_call_names.inc"
});

template <std::size_t n>
bool contains(const std::array<std::uint64_t, n>& values, std::uint64_t value) {
  return std::ranges::find(values, value) != values.end();
}

template <typename Number>
bool read_number(std::string_view word, int base, Number& number) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, base);
  return error == std::errc{} && end == word.data() + word.size();
}

}  // namespace

const SystemCall* find_system_call(Architecture architecture, std::int64_t number) {
  const auto number_of =
      architecture == Architecture::kX86_64 ? &SystemCall::x86_64 : &SystemCall::arm64;
  const auto* found = std::ranges::find_if(
      kCalls, [&](const SystemCall& call) { return number >= 0 && call.*number_of == number; });
  return found == kCalls.end() ? nullptr : found;
}

std::string_view name_system_call(std::int64_t number) {
  const auto* found = std::ranges::find(kNames, number, &NamedCall::number);
  return found == kNames.end() ? std::string_view() : found->name;
}

Awaits BlockedCall::awaits() const {
  if (call->name == "futex" && !contains(kFutexWaits, arguments[1] & kFutexCommands)) {
    return kUnknown;
  }
  // Any other clone is at work.
  if (call->name == "clone" && (arguments[0] & kCloneVfork) == 0) return kUnknown;
  return call->awaits;
}

bool BlockedCall::is_private_futex() const {
  const std::uint64_t flags = call->name == "futex" ? arguments[1] : arguments[3];
  return (flags & kFutexPrivate) != 0;
}

std::optional<std::uint64_t> BlockedCall::clone_flags_address() const {
  if (call->name != "clone3") return std::nullopt;
  return arguments[0];  // struct clone_args begins with them
}

bool waits_for_child(std::uint64_t clone_flags) {
  return (clone_flags & kCloneVfork) != 0;
}

bool BlockedCall::has_time_limit() const {
  const std::uint64_t argument = arguments[call->limit_argument];
  switch (call->limit) {
    case kNone:
    case kOfSocket:
      return false;
    case kAlways:
      return true;
    case kUnlessNull:
    case kUnlessNullOrOfSocket:
      return argument != 0;
    case kUnlessNegative:
      return static_cast<std::int32_t>(argument) >= 0;
  }
  return true;
}

std::optional<BlockedCall> parse_blocked_call(std::string_view line, Architecture architecture) {
  std::int64_t number = -1;
  if (!read_number(take_word(line), 10, number)) return std::nullopt;  // "running"
  BlockedCall blocked{.call = find_system_call(architecture, number)};
  if (!blocked.call) return std::nullopt;
  for (std::uint64_t& argument : blocked.arguments) {
    std::string_view word = take_word(line);
    if (!word.starts_with("0x")) return std::nullopt;
    word.remove_prefix(2);
    if (!read_number(word, 16, argument)) return std::nullopt;
  }
  return blocked;
}

std::optional<Architecture> architecture_of(std::string_view elf_header) {
  constexpr std::size_t kClassOffset = 4;
  constexpr std::size_t kMachineOffset = 18;
  constexpr char kClass64 = 2;
  if (elf_header.size() < kMachineOffset + 2 ||
      !elf_header.starts_with("\x7f"
                              "ELF") ||
      elf_header[kClassOffset] != kClass64) {
    return std::nullopt;
  }
  std::uint16_t machine = 0;
  std::memcpy(&machine, elf_header.data() + kMachineOffset, sizeof machine);
  if (machine == 62) return Architecture::kX86_64;
  if (machine == 183) return Architecture::kArm64;
  return std::nullopt;
}

}  // namespace chatspec
