// The processes that a /proc file system shows, by a descriptor of it: the host's, or that of a
// cell with a process namespace of its own, which holds the cell's processes and no others.
// Everything here is a snapshot: it may be out of date when it is read.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/file_identity.h"

namespace chatspec {

struct ProcessEntry {
  pid_t pid = 0;
  pid_t parent = 0;
  char state = '?';              // as in proc(5); 'Z' and 'X' have ended
  std::uint64_t start_time = 0;  // with the pid, tells a process from a later one of the same pid
  std::uint64_t processor_ticks = 0;  // the processor time of all its threads so far

  bool ended() const { return state == 'Z' || state == 'X'; }
};

// Reads the text of /proc/PID/stat. Nothing where it isn't one.
std::optional<ProcessEntry> parse_process_stat(std::string_view text);

class ProcessTable {
 public:
  explicit ProcessTable(FileDescriptor proc) : proc_(std::move(proc)) {}
  static ProcessTable of_host();

  // Whether its numbers are those by which this process knows processes. Not so where /proc is that
  // of another process namespace, or not mounted.
  bool shows_own_namespace() const;

  // The text of a file below the folder, such as "12/stat". Nothing where it cannot be read.
  std::optional<std::string> read(const std::string& path) const;
  // The first bytes of a file below it. False where there are not so many, or none to be read.
  bool read_start(const std::string& path, std::span<char> bytes) const;
  // Memory of a process, with the same answer.
  bool read_memory(pid_t pid, std::uint64_t address, void* bytes, std::size_t size) const;
  // Where a symbolic link below the folder leads, such as "12/fd/3".
  std::optional<std::string> read_link(const std::string& path) const;
  // The entries of a folder below it whose names are numbers. Nothing where it cannot be listed.
  std::optional<std::vector<int>> list_numbers(const std::string& path) const;

  std::optional<ProcessEntry> process(pid_t pid) const;
  // The file that a process runs. Nothing where it has ended, or that cannot be seen.
  std::optional<FileIdentity> executable(pid_t pid) const;
  std::vector<ProcessEntry> processes() const;
  // Those that descend from a process.
  std::vector<ProcessEntry> descendants(pid_t ancestor) const;

  // A process's command line for people: printable, on one line, cut where it is long.
  std::string command_line(pid_t pid) const;
  // The inodes of the sockets that it has open. Nothing where that cannot be seen.
  std::optional<std::vector<ino_t>> open_sockets(pid_t pid) const;

 private:
  FileDescriptor proc_;
};

// The inode in "socket:[123]", the form in which /proc/PID/fd shows sockets.
std::optional<ino_t> parse_socket_link(std::string_view link);

}  // namespace chatspec
