#include "harness/cell/kernel/process_table.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <set>
#include <unistd.h>

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

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

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
  constexpr int kFieldsUntilStartTime = 6;  // cutime to itrealvalue
  for (int i = 0; i < kFieldsUntilStartTime; ++i) take_word(rest);
  const auto start_time = parse_number<std::uint64_t>(take_word(rest));
  if (state.size() != 1 || !parent || !start_time || !user_time || !system_time) {
    return std::nullopt;
  }
  entry.processor_ticks = *user_time + *system_time;
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
std::optional<std::string> ProcessTable::read(const std::string& path) const {
  const FileDescriptor file(openat(proc_.get(), path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  std::string text;
  std::array<char, 4096> buffer;
  ssize_t size = 0;
  while ((size = ::read(file.get(), buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  if (size < 0 || text.empty()) return std::nullopt;
  return text;
}

bool ProcessTable::read_start(const std::string& path, std::span<char> bytes) const {
  const FileDescriptor file(openat(proc_.get(), path.c_str(), O_RDONLY | O_CLOEXEC));
  return file &&
         ::read(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
}

bool ProcessTable::read_memory(pid_t pid, std::uint64_t address, void* bytes,
                               std::size_t size) const {
  if (size == 0) return true;
  const FileDescriptor memory(
      openat(proc_.get(), path_of(pid, "mem").c_str(), O_RDONLY | O_CLOEXEC));
  return memory && pread(memory.get(), bytes, size, static_cast<off_t>(address)) ==
                       static_cast<ssize_t>(size);
}

std::optional<std::string> ProcessTable::read_link(const std::string& path) const {
  std::array<char, 4096> buffer;
  const ssize_t size = readlinkat(proc_.get(), path.c_str(), buffer.data(), buffer.size());
  if (size < 0) return std::nullopt;
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

std::optional<std::vector<int>> ProcessTable::list_numbers(const std::string& path) const {
  const int fd = openat(proc_.get(), path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseFolder> folder(fd < 0 ? nullptr : fdopendir(fd));
  if (!folder) return std::nullopt;
  std::vector<int> numbers;
  while (const dirent* entry = readdir(folder.get())) {
    if (const auto number = parse_number<int>(entry->d_name)) numbers.push_back(*number);
  }
  return numbers;
}

std::optional<ProcessEntry> ProcessTable::process(pid_t pid) const {
  const auto text = read(path_of(pid, "stat"));
  return text ? parse_process_stat(*text) : std::nullopt;
}

std::optional<FileIdentity> ProcessTable::executable(pid_t pid) const {
  return identify_file(path_of(pid, "exe"), proc_.get());
}

std::vector<ProcessEntry> ProcessTable::processes() const {
  std::vector<ProcessEntry> entries;
  for (const int pid : list_numbers(".").value_or(std::vector<int>{})) {
    if (const auto entry = process(pid)) entries.push_back(*entry);
  }
  return entries;
}

std::vector<ProcessEntry> ProcessTable::descendants(pid_t ancestor) const {
  const std::vector<ProcessEntry> all = processes();
  std::set<pid_t> members;
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& entry : all) {
      const bool belongs = entry.parent == ancestor || members.contains(entry.parent);
      grown |= belongs && members.insert(entry.pid).second;
    }
  }
  std::vector<ProcessEntry> result;
  std::ranges::copy_if(all, std::back_inserter(result),
                       [&](const ProcessEntry& entry) { return members.contains(entry.pid); });
  return result;
}

std::string ProcessTable::command_line(pid_t pid) const {
  auto text = read(path_of(pid, "cmdline")).value_or("(its command line cannot be seen)");
  while (!text.empty() && text.back() == '\0') text.pop_back();
  if (text.size() > kMaxCommandLine) text = text.substr(0, kMaxCommandLine - 3) + "...";
  std::ranges::replace_if(text, [](unsigned char c) { return c == 0 || c == '\n'; }, ' ');
  std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

std::optional<std::vector<ino_t>> ProcessTable::open_sockets(pid_t pid) const {
  const auto descriptors = list_numbers(path_of(pid, "fd"));
  if (!descriptors) return std::nullopt;
  std::vector<ino_t> inodes;
  for (const int fd : *descriptors) {
    const auto link = read_link(path_of(pid, "fd/" + std::to_string(fd)));
    if (const auto inode = link ? parse_socket_link(*link) : std::nullopt) inodes.push_back(*inode);
  }
  return inodes;
}

}  // namespace chatspec
