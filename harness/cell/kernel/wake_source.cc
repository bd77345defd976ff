// All of it is read of /proc, after the two looks at the threads and before the third. What is
// looked up here cannot change without one of the threads moving, which the third look would see.

#include "harness/cell/kernel/wake_source.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <fcntl.h>

#include <fmt/format.h>
#include <sys/stat.h>

#include "harness/cell/kernel/proc_text.h"
#include "harness/cell/kernel/threads.h"

namespace chatspec {
namespace {

const WakeSource* find_source(WakeSign seen_by, std::string_view text) {
  const auto* found = std::ranges::find_if(kWakeSources, [&](const WakeSource& source) {
    return source.seen_by == seen_by && text.starts_with(source.sign);
  });
  return found == kWakeSources.end() ? nullptr : found;
}

// Signals of which a program makes no other use than to end, or to be told of a fault or a child;
// and those that the C library keeps for itself (nptl(7)).
std::uint64_t signals_of_no_news() {
  std::uint64_t set = 0;
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD, SIGSEGV, SIGBUS,
                           SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, 32, 33}) {
    set |= std::uint64_t{1} << (number - 1);
  }
  return set;
}

// The line "7f…-7f… rw-s 00000000 00:01 1062   /dev/zero (deleted)" of /proc/PID/maps.
struct Mapping {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool is_shared = false;
  std::string_view name{};
};

Mapping parse_mapping(std::string_view line) {
  Mapping mapping;
  std::string_view rest = line;
  const std::string_view range = take_word(rest);
  const std::size_t dash = std::min(range.find('-'), range.size());
  std::from_chars(range.data(), range.data() + dash, mapping.begin, 16);
  if (dash < range.size())
    std::from_chars(range.data() + dash + 1, range.data() + range.size(), mapping.end, 16);
  mapping.is_shared = take_word(rest).ends_with('s');
  for (int i = 0; i < 3; ++i) take_word(rest);  // offset, device, inode
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  mapping.name = rest;
  return mapping;
}

// Calls `see` for each, until it gives true. Gives whether it did. A process that runs has some.
template <typename See>
Reading<bool> any_mapping(const ProcessTable& processes, pid_t pid, See see) {
  const std::string path = fmt::format("{}/maps", pid);
  const auto text = processes.read(path);
  if (!text) return std::unexpected(text.error());
  if (text->empty()) return unread("/proc/" + path, EIO);
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (see(parse_mapping(rest.substr(0, end)))) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

// What /proc/PID/fdinfo shows of a descriptor.
struct DescriptorFacts {
  int flags = 0;
  bool has_lease = false;
};

// /proc/locks shows leases, too, but who reads it waits for all processors, for 10 ms and more.
Reading<DescriptorFacts> read_descriptor_facts(const ProcessTable& processes, pid_t pid, int fd) {
  const std::string path = fmt::format("{}/fdinfo/{}", pid, fd);
  const auto text = processes.read(path);
  if (!text) return std::unexpected(text.error());
  constexpr std::string_view kFlags = "flags:\t";
  const std::size_t at = text->find(kFlags);
  if (at == text->npos) return unread("/proc/" + path, EIO);
  DescriptorFacts facts{.has_lease = text->find(": LEASE ") != text->npos};
  std::from_chars(text->data() + at + kFlags.size(), text->data() + text->size(), facts.flags, 8);
  return facts;
}

// What a process has open.
Reading<std::string_view> find_background_descriptor(const ProcessTable& processes, pid_t pid,
                                                     std::span<const OpenDescriptor> open,
                                                     bool takes_signals) {
  for (const auto& [fd, link] : open) {
    const WakeSource* source = find_source(WakeSign::kDescriptor, link);
    if (source && source->proof == WakeProof::kNone) return source->name;
    const auto facts = read_descriptor_facts(processes, pid, fd);
    if (!facts) return std::unexpected(facts.error());
    if ((facts->flags & O_ASYNC) != 0) return "signal-io";
    if (facts->has_lease && takes_signals) return "lease";
    if (!link.starts_with('/')) continue;
    const auto kind = processes.kind_of(pid, fd);
    if (!kind) return std::unexpected(kind.error());
    if (S_ISDIR(*kind) && takes_signals) return "directory-notify";
    // A queue looks like a file at the root.
    const bool may_be_queue = S_ISREG(*kind) && link.rfind('/') == 0;
    const auto is_queue = may_be_queue ? processes.is_message_queue(pid, fd) : Reading<bool>(false);
    if (!is_queue) return std::unexpected(is_queue.error());
    if (*is_queue) return "queue-notify";
  }
  return "";
}

}  // namespace

WakeProof proof_of_descriptor(std::string_view link) {
  const WakeSource* source = find_source(WakeSign::kDescriptor, link);
  return source ? source->proof : WakeProof::kNoneWhereAwaited;
}

Reading<int> descriptor_flags(const ProcessTable& processes, pid_t pid, int fd) {
  const auto facts = read_descriptor_facts(processes, pid, fd);
  if (!facts) return std::unexpected(facts.error());
  return facts->flags;
}

// A timer that is not set shows "it_value: (0, 0)".
Reading<bool> is_set_timer(const ProcessTable& processes, pid_t pid, int fd) {
  const auto info = processes.read(fmt::format("{}/fdinfo/{}", pid, fd));
  if (!info) return std::unexpected(info.error());
  return info->find("it_value: (0, 0)") == info->npos;
}

Reading<bool> is_shared_memory(const ProcessTable& processes, pid_t pid, std::uint64_t address) {
  constexpr std::string_view kWithoutName = "/dev/zero (deleted)";
  bool is_shared = true;  // with whom it cannot be told, where it is not found
  const auto found = any_mapping(processes, pid, [&](const Mapping& mapping) {
    if (address < mapping.begin || address >= mapping.end) return false;
    is_shared = mapping.is_shared && mapping.name != kWithoutName;
    return true;
  });
  if (!found) return found;
  return is_shared;
}

bool is_kernel_work(std::string_view background) {
  return std::ranges::any_of(kWakeSources, [&](const WakeSource& source) {
    return source.name == background && source.seen_by != WakeSign::kProcess;
  });
}

Reading<std::string_view> find_background(const ProcessTable& processes, pid_t pid,
                                          std::span<const OpenDescriptor> open) {
  const auto first = processes.process(pid);
  if (!first) return std::unexpected(first.error());
  if (first->ended()) return "thread-group";
  const auto timers = processes.read(fmt::format("{}/timers", pid));
  if (!timers) return std::unexpected(timers.error());
  if (!timers->empty()) return "posix-timer";
  const auto signals = read_signal_sets(processes, pid);
  if (!signals) return std::unexpected(signals.error());
  const std::uint64_t taken = signals->caught | signals->blocked;
  if (has_signal(taken, SIGALRM)) return "alarm";
  const bool takes_signals = (taken & ~signals_of_no_news()) != 0;
  const auto descriptor = find_background_descriptor(processes, pid, open, takes_signals);
  if (!descriptor || !descriptor->empty()) return descriptor;
  std::string_view mapped;
  const auto found = any_mapping(processes, pid, [&](const Mapping& mapping) {
    const WakeSource* source = find_source(WakeSign::kMapping, mapping.name);
    mapped = source ? source->name : "";
    return source != nullptr;
  });
  if (!found) return std::unexpected(found.error());
  return mapped;
}

}  // namespace chatspec
