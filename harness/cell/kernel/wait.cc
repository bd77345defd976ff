// What a blocked call waits for stands in its registers (a descriptor), in the memory that they
// point to (the sets of poll and select), or in a table of the kernel (epoll's, by
// /proc/PID/fdinfo). Each kind of call has a reader for its own; a call of which any of that cannot
// be read is not understood.

#include "harness/cell/kernel/wait.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <ctime>
#include <poll.h>

#include <fmt/format.h>
#include <linux/futex.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "harness/cell/kernel/pidfd.h"
#include "harness/cell/kernel/wake_source.h"

namespace chatspec {
namespace {

// More descriptors than any program under test waits on; what has more is not understood.
constexpr std::uint64_t kMaxPolled = 1024;

// The kernel tells of a process what its first thread has. Another may have descriptors of its own
// (CLONE_FILES, unshare(2)); where that shows, nothing is known of what it waits for.
bool is_other_thread(const ThreadView& thread) {
  return thread.thread != thread.process;
}

// Whether the descriptor means this file to the thread, too.
bool is_of_thread(const ProcessTable& processes, const ThreadView& thread, int fd,
                  const std::string& link) {
  return !is_other_thread(thread) ||
         processes.read_link(fmt::format("{}/fd/{}", thread.path(), fd)) == link;
}

std::optional<std::vector<int>> polled_descriptors(const ProcessTable& processes, pid_t pid,
                                                   const BlockedCall& call) {
  const std::uint64_t count = call.arguments[1];
  if (count > kMaxPolled) return std::nullopt;
  std::vector<pollfd> polled(count);
  if (!processes.read_memory(pid, call.arguments[0], polled.data(), count * sizeof(pollfd))) {
    return std::nullopt;
  }
  std::vector<int> fds;
  for (const pollfd& one : polled) {
    if (one.fd >= 0) fds.push_back(one.fd);
  }
  return fds;
}

std::optional<std::vector<int>> selected_descriptors(const ProcessTable& processes, pid_t pid,
                                                     const BlockedCall& call) {
  const std::uint64_t count = call.arguments[0];
  if (count > FD_SETSIZE) return std::nullopt;
  constexpr std::uint64_t kBitsInWord = 8 * sizeof(unsigned long);
  std::vector<unsigned long> words((count + kBitsInWord - 1) / kBitsInWord);
  std::vector<int> fds;
  for (const std::uint64_t set : {call.arguments[1], call.arguments[2], call.arguments[3]}) {
    if (set == 0) continue;
    if (!processes.read_memory(pid, set, words.data(), words.size() * sizeof words[0])) {
      return std::nullopt;
    }
    for (std::uint64_t fd = 0; fd < count; ++fd) {
      if (words[fd / kBitsInWord] >> (fd % kBitsInWord) & 1) fds.push_back(static_cast<int>(fd));
    }
  }
  return fds;
}

// What stands in a line of an epoll set after a name, as a number; nothing where it does not.
std::optional<std::uint64_t> number_behind(std::string_view line, std::string_view name, int base) {
  const std::size_t at = line.find(name);
  if (at == line.npos) return std::nullopt;
  const std::size_t digits = line.find_first_not_of(' ', at + name.size());
  std::uint64_t number = 0;
  if (digits == line.npos ||
      std::from_chars(line.data() + digits, line.data() + line.size(), number, base).ec !=
          std::errc{}) {
    return std::nullopt;
  }
  return number;
}

// Reads the lines "tfd: 5 events: 19 data: 5 pos:0 ino:61af sdev:7" that the kernel shows of an
// epoll set. The number is that by which a file was added, and may be another's by now: the inode
// is the file's.
std::optional<std::vector<int>> epoll_descriptors(const ProcessTable& processes,
                                                  const ThreadView& thread,
                                                  const BlockedCall& call) {
  const pid_t pid = thread.process;
  const auto info = processes.read(fmt::format("{}/fdinfo/{}", pid, call.arguments[0]));
  if (!info) return std::nullopt;
  if (is_other_thread(thread)) {
    const auto own = processes.read(fmt::format("{}/fdinfo/{}", thread.path(), call.arguments[0]));
    if (own != info) return std::nullopt;
  }
  std::vector<int> fds;
  std::string_view rest = *info;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!line.starts_with("tfd:")) continue;
    const auto fd = number_behind(line, "tfd:", 10);
    const auto inode = number_behind(line, "ino:", 16);
    if (!fd || !inode) return std::nullopt;
    const auto now = processes.inode_of(pid, static_cast<int>(*fd));
    if (!now || *now != *inode) return std::nullopt;
    fds.push_back(static_cast<int>(*fd));
    if (fds.size() > kMaxPolled) return std::nullopt;
  }
  return fds;
}

std::optional<std::vector<int>> descriptors_of(const ProcessTable& processes,
                                               const ThreadView& thread, const BlockedCall& call) {
  const pid_t pid = thread.process;
  switch (call.awaits()) {
    case Awaits::kInput:
    case Awaits::kRoom:
      return std::vector{static_cast<int>(call.arguments[0])};
    case Awaits::kReadiness:
      if (call.call->name == "poll") return polled_descriptors(processes, pid, call);
      if (call.call->name == "select") return selected_descriptors(processes, pid, call);
      return epoll_descriptors(processes, thread, call);
    default:
      return std::vector<int>{};
  }
}

// Whether the socket has a time limit of its own for waits without one; true where it cannot be
// asked.
bool socket_has_limit(const FileDescriptor& process, const WaitedFor& one, Awaits awaits) {
  const FileDescriptor copy = is_faulted(KernelPlace::kCopyDescriptor)
                                  ? FileDescriptor()
                                  : copy_descriptor(process.get(), one.fd);
  timeval limit{};
  socklen_t size = sizeof limit;
  const int option = awaits == Awaits::kRoom ? SO_SNDTIMEO : SO_RCVTIMEO;
  if (!copy || is_faulted(KernelPlace::kSocketOption) ||
      getsockopt(copy.get(), SOL_SOCKET, option, &limit, &size) != 0)
    return true;
  return limit.tv_sec != 0 || limit.tv_usec != 0;
}

bool is_timed(const ProcessTable& processes, const BlockedCall& call, const Wait& wait,
              const ProcessOpener& open_process) {
  if (call.has_time_limit()) return true;
  const bool by_timer = std::ranges::any_of(wait.on, [&](const WaitedFor& one) {
    return proof_of_descriptor(one.link) == WakeProof::kByTime &&
           is_set_timer(processes, wait.process, one.fd).value_or(true);
  });
  if (by_timer) return true;
  if (!call.may_have_limit_of_socket() || wait.on.front().socket == 0) return false;
  return socket_has_limit(open_process(wait.process), wait.on.front(), wait.awaits);
}

// Only of a futex that waits for so long from now on: Go's system monitor does, for a minute.
bool is_far_away(const ProcessTable& processes, pid_t pid, const BlockedCall& call) {
  constexpr std::int64_t kFarSeconds = 30;
  const bool waits = call.call->name == "futex" &&
                     (call.arguments[1] & static_cast<std::uint64_t>(FUTEX_CMD_MASK)) == FUTEX_WAIT;
  timespec limit{};
  return waits && call.arguments[3] != 0 &&
         processes.read_memory(pid, call.arguments[3], &limit, sizeof limit) &&
         limit.tv_sec >= kFarSeconds;
}

Awaits awaits_of(const ProcessTable& processes, pid_t pid, const BlockedCall& call) {
  if (call.awaits() == Awaits::kThread && !call.is_private_futex()) {
    const bool is_shared = is_shared_memory(processes, pid, call.arguments[0]).value_or(true);
    return is_shared ? Awaits::kUnknown : Awaits::kThread;
  }
  const auto address = call.clone_flags_address();
  if (!address) return call.awaits();
  std::uint64_t flags = 0;
  const auto seen = processes.read_memory(pid, *address, &flags, sizeof flags);
  return seen && waits_for_child(flags) ? Awaits::kProcess : Awaits::kUnknown;
}

std::optional<Architecture> architecture_of_process(const ProcessTable& processes, pid_t pid) {
  std::array<char, 20> header{};
  if (!processes.read_start(fmt::format("{}/exe", pid), header)) return std::nullopt;
  return architecture_of({header.data(), header.size()});
}

}  // namespace

std::string Wait::to_string() const {
  if (call.empty()) return awaits == Awaits::kSignal ? "a stop" : "a system call unknown to us";
  return call + "()";
}

Wait analyse_wait(const ProcessTable& processes, const ThreadView& thread,
                  const ProcessOpener& open_process) {
  Wait wait{.process = thread.process, .timed = true};
  if (thread.state == 'T') {
    wait.awaits = Awaits::kSignal;
    wait.timed = false;
    return wait;
  }
  const auto architecture = architecture_of_process(processes, thread.process);
  const auto call = architecture ? parse_blocked_call(thread.call, *architecture) : std::nullopt;
  if (!call) return wait;
  wait.call = call->call->name;
  const auto fds = descriptors_of(processes, thread, *call);
  if (!fds) return wait;
  wait.awaits = awaits_of(processes, thread.process, *call);
  // Not interruptible: it waits for a disk or a lock of the kernel, unless for a child by vfork().
  if (thread.state == 'D' && wait.awaits != Awaits::kProcess) wait.awaits = Awaits::kUnknown;
  for (const int fd : *fds) {
    auto link = processes.read_link(fmt::format("{}/fd/{}", thread.process, fd));
    if (!link || !is_of_thread(processes, thread, fd, *link)) {
      wait.awaits = Awaits::kUnknown;
      return wait;
    }
    const ino_t socket = parse_socket_link(*link).value_or(0);
    wait.on.push_back({.fd = fd, .link = *std::move(link), .socket = socket});
  }
  wait.timed = is_timed(processes, *call, wait, open_process);
  wait.is_far = wait.timed && is_far_away(processes, thread.process, *call);
  wait.is_by_epoll = call->call->name == "epoll_wait";
  return wait;
}

}  // namespace chatspec
