#include "harness/cell/kernel/process_table.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <set>
#include <unistd.h>

#include <sys/stat.h>
#include <sys/vfs.h>

#include "harness/cell/kernel/look_bounds.h"
#include "harness/cell/kernel/proc_text.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxCommandLine = 80;

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string path_of(pid_t pid, std::string_view file) {
  return std::to_string(pid) + "/" + std::string(file);
}

}  // namespace

std::optional<ProcessEntry> parse_process_stat(std::string_view text) {
  // The name stands in parentheses and may itself hold blanks and parentheses.
  const auto name_end = text.rfind(')');
  const auto pid = parse_number<pid_t>(text.substr(0, text.find(' ')));
  if (name_end == text.npos || !pid) return std::nullopt;
  std::string_view rest = text.substr(name_end + 1);
  ProcessEntry entry{.pid = *pid};
  const std::string_view state = take_word(rest);
  const auto parent = parse_number<pid_t>(take_word(rest));
  constexpr int kFieldsUntilUserTime = 9;  // pgrp to cmajflt
  for (int i = 0; i < kFieldsUntilUserTime; ++i) take_word(rest);
  const auto user_time = parse_number<std::uint64_t>(take_word(rest));
  const auto system_time = parse_number<std::uint64_t>(take_word(rest));
  const auto reaped_user_time = parse_number<std::uint64_t>(take_word(rest));
  const auto reaped_system_time = parse_number<std::uint64_t>(take_word(rest));
  constexpr int kFieldsUntilStartTime = 4;  // priority to itrealvalue
  for (int i = 0; i < kFieldsUntilStartTime; ++i) take_word(rest);
  const auto start_time = parse_number<std::uint64_t>(take_word(rest));
  if (state.size() != 1 || !parent || !start_time || !user_time || !system_time) {
    return std::nullopt;
  }
  entry.processor_ticks = *user_time + *system_time;
  entry.reaped_ticks = reaped_user_time.value_or(0) + reaped_system_time.value_or(0);
  entry.state = state.front();
  entry.parent = *parent;
  entry.start_time = *start_time;
  return entry;
}

std::optional<ino_t> parse_socket_link(std::string_view link) {
  constexpr std::string_view kPrefix = "socket:[";
  if (!link.starts_with(kPrefix) || !link.ends_with(']')) return std::nullopt;
  link.remove_prefix(kPrefix.size());
  return parse_number<ino_t>(link.substr(0, link.size() - 1));
}

ProcessTable ProcessTable::of_host() {
  return ProcessTable(FileDescriptor(open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
}

bool ProcessTable::shows_own_namespace() const {
  return read_link("self") == std::to_string(getpid());
}

// By system calls: a process may be gone between opening and reading, and streams throw on that.
Reading<std::string> ProcessTable::read_beginning(const std::string& path,
                                                  std::size_t enough) const {
  const bool opens = !is_faulted(KernelPlace::kOpenProcFile);
  const FileDescriptor file(opens ? openat(proc_.get(), path.c_str(), O_RDONLY | O_CLOEXEC) : -1);
  if (!file) return unread("/proc/" + path, errno);
  std::string text;
  std::array<char, 4096> buffer;
  while (true) {
    const bool fails = is_faulted(KernelPlace::kReadProcFile);
    const ssize_t size = fails ? -1 : ::read(file.get(), buffer.data(), buffer.size());
    if (size < 0) return unread("/proc/" + path, errno);
    text.append(buffer.data(), static_cast<std::size_t>(size));
    if (size == 0 || text.size() >= enough) return text;
  }
}

Reading<std::string> ProcessTable::read(const std::string& path) const {
  auto text = read_beginning(path, kMostProcBytes + 1);
  if (text && text->size() > kMostProcBytes)
    return too_much("the bytes of /proc/" + path, kMostProcBytes);
  return text;
}

Reading<ProcFile> ProcessTable::open_file(const std::string& path) const {
  const bool opens = !is_faulted(KernelPlace::kOpenProcFile);
  FileDescriptor file(opens ? openat(proc_.get(), path.c_str(), O_RDONLY | O_CLOEXEC) : -1);
  if (!file) return unread("/proc/" + path, errno);
  return ProcFile(std::move(file), "/proc/" + path);
}

Reading<std::string> ProcFile::read() const {
  std::string text;
  std::array<char, 4096> buffer;
  while (true) {
    const bool fails = is_faulted(KernelPlace::kReadProcFile);
    const ssize_t size =
        fails ? -1
              : pread(file_.get(), buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
    if (size < 0) return unread(path_, errno);
    text.append(buffer.data(), static_cast<std::size_t>(size));
    if (static_cast<std::size_t>(size) < buffer.size()) return text;
    if (text.size() > kMostProcBytes) return too_much("the bytes of " + path_, kMostProcBytes);
  }
}

Reading<void> ProcessTable::read_start(const std::string& path, std::span<char> bytes) const {
  const bool opens = !is_faulted(KernelPlace::kOpenProcFile);
  const FileDescriptor file(opens ? openat(proc_.get(), path.c_str(), O_RDONLY | O_CLOEXEC) : -1);
  if (!file) return unread("/proc/" + path, errno);
  const bool fails = is_faulted(KernelPlace::kReadProcFile);
  const ssize_t size = fails ? -1 : ::read(file.get(), bytes.data(), bytes.size());
  if (size == static_cast<ssize_t>(bytes.size())) return {};
  return unread("/proc/" + path, size < 0 ? errno : EIO);
}

Reading<void> ProcessTable::read_memory(pid_t pid, std::uint64_t address, void* bytes,
                                        std::size_t size) const {
  if (size == 0) return {};
  const std::string path = path_of(pid, "mem");
  const bool opens = !is_faulted(KernelPlace::kReadMemory);
  const FileDescriptor memory(opens ? openat(proc_.get(), path.c_str(), O_RDONLY | O_CLOEXEC) : -1);
  if (!memory) return unread("/proc/" + path, errno);
  const ssize_t read = pread(memory.get(), bytes, size, static_cast<off_t>(address));
  if (read == static_cast<ssize_t>(size)) return {};
  return unread("/proc/" + path, read < 0 ? errno : EIO);
}

Reading<std::string> ProcessTable::read_link(const std::string& path) const {
  std::array<char, 4096> buffer;
  const ssize_t size = is_faulted(KernelPlace::kReadProcLink)
                           ? -1
                           : readlinkat(proc_.get(), path.c_str(), buffer.data(), buffer.size());
  if (size < 0) return unread("/proc/" + path, errno);
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

Reading<std::vector<int>> ProcessTable::list_numbers(const std::string& path) const {
  const FileDescriptor folder(
      is_faulted(KernelPlace::kListProcFolder)
          ? -1
          : openat(proc_.get(), path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return unread("/proc/" + path, errno);
  std::vector<int> numbers;
  alignas(dirent64) std::array<char, 8192> buffer;
  while (true) {
    const ssize_t size = getdents64(folder.get(), buffer.data(), buffer.size());
    if (size < 0) return unread("/proc/" + path, errno);
    if (size == 0) return numbers;
    for (const char* at = buffer.data(); at < buffer.data() + size;) {
      const auto* entry = reinterpret_cast<const dirent64*>(at);
      if (const auto number = parse_number<int>(entry->d_name)) numbers.push_back(*number);
      at += entry->d_reclen;
    }
  }
}

// Without asking a file server, which may be part of what is observed.
Reading<struct statx> ProcessTable::facts_of(pid_t pid, int fd) const {
  const std::string path = path_of(pid, "fd/" + std::to_string(fd));
  struct statx facts{};
  if (is_faulted(KernelPlace::kIdentifyFile) ||
      statx(proc_.get(), path.c_str(), AT_STATX_DONT_SYNC, STATX_TYPE | STATX_INO, &facts) != 0) {
    return unread("/proc/" + path, errno);
  }
  return facts;
}

Reading<unsigned> ProcessTable::kind_of(pid_t pid, int fd) const {
  const auto facts = facts_of(pid, fd);
  if (!facts) return std::unexpected(facts.error());
  return facts->stx_mode & unsigned{S_IFMT};
}

Reading<std::uint64_t> ProcessTable::inode_of(pid_t pid, int fd) const {
  const auto facts = facts_of(pid, fd);
  if (!facts) return std::unexpected(facts.error());
  return facts->stx_ino;
}

Reading<bool> ProcessTable::is_message_queue(pid_t pid, int fd) const {
  constexpr long kQueues = 0x19800202;  // the file system's number, in ipc/mqueue.c
  const std::string path = path_of(pid, "fd/" + std::to_string(fd));
  const FileDescriptor file(openat(proc_.get(), path.c_str(), O_PATH | O_CLOEXEC));
  struct statfs facts{};
  if (is_faulted(KernelPlace::kIdentifyFile) || !file || fstatfs(file.get(), &facts) != 0)
    return unread("/proc/" + path, errno);
  return facts.f_type == kQueues;
}

Reading<ProcessEntry> ProcessTable::process(pid_t pid) const {
  const std::string path = path_of(pid, "stat");
  const auto text = read(path);
  if (!text) return std::unexpected(text.error());
  if (auto entry = parse_process_stat(*text)) return *entry;
  return unread("/proc/" + path, EIO);
}

Reading<FileIdentity> ProcessTable::executable(pid_t pid) const {
  const std::string path = path_of(pid, "exe");
  const auto file =
      is_faulted(KernelPlace::kIdentifyFile) ? std::nullopt : identify_file(path, proc_.get());
  if (!file) return unread("/proc/" + path, errno);
  return *file;
}

bool ProcessTable::is_gone(const std::string& path) const {
  return faccessat(proc_.get(), path.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

Reading<std::vector<ProcessEntry>> ProcessTable::processes() const {
  const auto pids = list_numbers(".");
  if (!pids) return std::unexpected(pids.error());
  std::vector<ProcessEntry> entries;
  for (const int pid : *pids) {
    const auto entry = process(pid);
    if (entry) {
      entries.push_back(*entry);
    } else if (!is_gone(std::to_string(pid))) {
      return std::unexpected(entry.error());
    }
  }
  return entries;
}

Reading<std::vector<ProcessEntry>> ProcessTable::descendants(pid_t ancestor) const {
  const auto all = processes();
  if (!all) return all;
  std::set<pid_t> members;
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& entry : *all) {
      const bool belongs = entry.parent == ancestor || members.contains(entry.parent);
      grown |= belongs && members.insert(entry.pid).second;
    }
  }
  std::vector<ProcessEntry> result;
  std::ranges::copy_if(*all, std::back_inserter(result),
                       [&](const ProcessEntry& entry) { return members.contains(entry.pid); });
  return result;
}

std::string ProcessTable::command_line(pid_t pid) const {
  auto text = read_beginning(path_of(pid, "cmdline"), kMaxCommandLine + 1).value_or("");
  if (text.empty()) text = "(its command line cannot be seen)";
  while (!text.empty() && text.back() == '\0') text.pop_back();
  if (text.size() > kMaxCommandLine) text = text.substr(0, kMaxCommandLine - 3) + "...";
  std::ranges::replace_if(text, [](unsigned char c) { return c == 0 || c == '\n'; }, ' ');
  std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

Reading<std::string> ProcessTable::live_task(pid_t pid) const {
  const auto first = process(pid);
  if (!first) return std::unexpected(first.error());
  if (!first->ended()) return std::to_string(pid);
  const auto tids = list_numbers(path_of(pid, "task"));
  if (!tids) return std::unexpected(tids.error());
  for (const int tid : *tids) {
    const std::string path = path_of(pid, "task/" + std::to_string(tid));
    const auto text = read(path + "/stat");
    if (!text) return std::unexpected(text.error());
    const auto entry = parse_process_stat(*text);
    if (!entry) return unread("/proc/" + path, EIO);
    if (!entry->ended()) return path;
  }
  return std::string();
}

Reading<std::vector<OpenDescriptor>> ProcessTable::open_descriptors(pid_t pid,
                                                                    std::size_t most) const {
  const auto task = live_task(pid);
  if (!task) return std::unexpected(task.error());
  std::vector<OpenDescriptor> open;
  if (task->empty()) return open;
  const auto descriptors = list_numbers(*task + "/fd");
  if (!descriptors) return std::unexpected(descriptors.error());
  if (descriptors->size() > most) return too_much("its descriptors", kMostDescriptors);
  for (const int fd : *descriptors) {
    const std::string path = *task + "/fd/" + std::to_string(fd);
    auto link = read_link(path);
    if (!link && is_gone(path)) continue;
    if (!link) return std::unexpected(link.error());
    open.push_back({.fd = fd, .link = *std::move(link)});
  }
  return open;
}

Reading<std::vector<ino_t>> ProcessTable::open_sockets(pid_t pid, std::size_t most) const {
  const auto open = open_descriptors(pid, most);
  if (!open) return std::unexpected(open.error());
  std::vector<ino_t> inodes;
  for (const OpenDescriptor& one : *open) {
    if (const auto inode = parse_socket_link(one.link)) inodes.push_back(*inode);
  }
  return inodes;
}

}  // namespace chatspec
