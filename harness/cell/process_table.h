// The system's processes, as /proc shows them. Everything here is a snapshot: it may be out of date
// when it is read.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace chatspec {

struct ProcessEntry {
  pid_t pid = 0;
  pid_t parent = 0;
  pid_t session = 0;
  char state = '?';              // as in proc(5); 'Z' and 'X' have ended
  std::uint64_t start_time = 0;  // with the pid, tells a process from a later one of the same pid

  bool ended() const { return state == 'Z' || state == 'X'; }
};

// Reads the text of /proc/PID/stat. Nothing where it isn't one.
std::optional<ProcessEntry> parse_process_stat(std::string_view text);

std::optional<ProcessEntry> read_process(pid_t pid);
std::vector<ProcessEntry> read_processes();

// Whether the environment that a process was started with has an entry ("NAME=value"), or, ending
// in "=", a variable. Nothing where it cannot be read, as is so for a process that has ended.
std::optional<bool> started_with(pid_t pid, std::string_view entry);
// Whether its working directory is the folder or below it. `folder` is canonical.
bool works_below(pid_t pid, const std::filesystem::path& folder);
// Its command line for people: printable, on one line, cut where it is long.
std::string command_line(pid_t pid);
// The inodes of the sockets that it has open. Nothing where that cannot be seen.
std::optional<std::vector<ino_t>> open_sockets(pid_t pid);

}  // namespace chatspec
