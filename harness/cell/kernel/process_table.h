// The processes that a /proc file system shows, by a descriptor of it: the host's, or that of a
// cell with a process namespace of its own, which holds the cell's processes and no others.
// Everything here is a snapshot: it may be out of date when it is read.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <sys/stat.h>
#include <sys/types.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/file_identity.h"
#include "harness/cell/reading.h"

namespace chatspec {

struct ProcessEntry {
  pid_t pid = 0;
  pid_t parent = 0;
  char state = '?';              // as in proc(5); 'Z' and 'X' have ended
  std::uint64_t start_time = 0;  // with the pid, tells a process from a later one of the same pid
  std::uint64_t processor_ticks = 0;  // the processor time of all its threads so far
  std::uint64_t reaped_ticks = 0;     // … of its children that have ended, and of theirs

  bool ended() const { return state == 'Z' || state == 'X'; }
};

// Reads the text of /proc/PID/stat. Nothing where it isn't one.
std::optional<ProcessEntry> parse_process_stat(std::string_view text);

// What a process has open, as /proc/PID/fd shows it.
struct OpenDescriptor {
  int fd = -1;
  std::string link{};  // "socket:[123]", "pipe:[45]", "anon_inode:[eventfd]", a path
};

// A file that stays open, so that it can be read again without being looked up. The process or
// thread that it is about stays the same, whoever gets its number.
class ProcFile {
 public:
  ProcFile(FileDescriptor file, std::string path)
      : file_(std::move(file)), path_(std::move(path)) {}

  // What stands in it now. For files that the kernel writes in one piece, such as "status": what
  // does not fill the room for it is all of it.
  Reading<std::string> read() const;

 private:
  FileDescriptor file_;
  std::string path_;  // for people
};

// Paths are those of files below the folder, such as "12/stat".
class ProcessTable {
 public:
  explicit ProcessTable(FileDescriptor proc) : proc_(std::move(proc)) {}
  static ProcessTable of_host();

  // Whether its numbers are those by which this process knows processes. Not so where /proc is that
  // of another process namespace, or not mounted.
  bool shows_own_namespace() const;

  // The whole text; may be empty. Beyond kMostProcBytes it is an error (Unread::is_too_much).
  Reading<std::string> read(const std::string& path) const;
  Reading<ProcFile> open_file(const std::string& path) const;
  // The first bytes of a file; EIO where there are not so many.
  Reading<void> read_start(const std::string& path, std::span<char> bytes) const;
  // Memory of a process.
  Reading<void> read_memory(pid_t pid, std::uint64_t address, void* bytes, std::size_t size) const;
  // Where a symbolic link leads.
  Reading<std::string> read_link(const std::string& path) const;
  // The entries of a folder whose names are numbers.
  Reading<std::vector<int>> list_numbers(const std::string& path) const;
  // The kind of file to which a descriptor of a process leads, as in st_mode.
  Reading<unsigned> kind_of(pid_t pid, int fd) const;

  Reading<std::uint64_t> inode_of(pid_t pid, int fd) const;
  // Whether a descriptor of a process is a message queue (mq_overview(7)).
  Reading<bool> is_message_queue(pid_t pid, int fd) const;

  Reading<ProcessEntry> process(pid_t pid) const;
  // The file that a process runs.
  Reading<FileIdentity> executable(pid_t pid) const;
  // Without those that went while it was looked.
  Reading<std::vector<ProcessEntry>> processes() const;
  // Those that descend from a process.
  Reading<std::vector<ProcessEntry>> descendants(pid_t ancestor) const;
  // Whether it is certain that there is no such file (any more): a process, by its number, or one
  // of its threads.
  bool is_gone(const std::string& path) const;

  // Under which path a process shows what it has: its own, or, where its first thread has ended and
  // others go on, that of one of these. "" where all have ended.
  Reading<std::string> live_task(pid_t pid) const;

  // A process's command line for people: printable, on one line, cut where it is long.
  std::string command_line(pid_t pid) const;
  // Those that were closed while it was looked are left out. More than `most` are an error
  // (Unread::is_too_much).
  Reading<std::vector<OpenDescriptor>> open_descriptors(pid_t pid, std::size_t most) const;
  // The inodes of the sockets that it has open.
  Reading<std::vector<ino_t>> open_sockets(pid_t pid, std::size_t most) const;

 private:
  // The beginning of a text, of at least `enough` bytes where it has so many.
  Reading<std::string> read_beginning(const std::string& path, std::size_t enough) const;
  Reading<struct statx> facts_of(pid_t pid, int fd) const;

  FileDescriptor proc_;
};

// Calls `read` for something of a process that may end meanwhile. Nothing where it is gone. Where
// one process ends and another begins all the time, a number may be another's by the time that its
// former owner is known to be gone: then it is read again.
template <typename Read>
auto read_unless_gone(const ProcessTable& processes, pid_t pid, Read read)
    -> Reading<std::optional<typename std::invoke_result_t<Read>::value_type>> {
  constexpr int kMostTries = 5;
  for (int tries = 1;; ++tries) {
    auto content = read();
    if (content) return std::optional(*std::move(content));
    if (processes.is_gone(std::to_string(pid))) return std::nullopt;
    if (!content.error().says_gone() || tries == kMostTries)
      return std::unexpected(content.error());
  }
}

// The inode in "socket:[123]", the form in which /proc/PID/fd shows sockets.
std::optional<ino_t> parse_socket_link(std::string_view link);

}  // namespace chatspec
