// What the sandbox lets a program see, use up and become: a bubblewrap command around the program's
// own, and limits. Pure, but for looking which files there are.
//
// The program sees the system read-only, its own folder, and what its command line names. Every
// other folder in / and /var is empty to it. It has no capability, and as root's guest it is a user
// that owns nothing else. Some system calls are refused to it (system_call_filter.h).

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/supervisor/supervisor.h"

namespace chatspec {

// The folder of a cell, and where in it the program starts.
struct CellFolders {
  std::filesystem::path own{};
  std::filesystem::path work{};
};

struct SandboxLimits {
  std::uint64_t memory_bytes = std::uint64_t{2} << 30;  // of all processes together
  std::uint64_t disk_bytes = std::uint64_t{64} << 20;   // its folder, /tmp, /dev/shm: each
  std::uint64_t processes = 256;                        // threads count as such
  std::uint64_t open_files = 1024;
  std::uint64_t processor_s = 120;  // of one process
};

struct SandboxPolicy {
  std::string bubblewrap{};  // their paths; "" where they are not installed
  std::string setpriv{};
  std::vector<std::filesystem::path> hidden{};  // folders that are empty to the program, and files
  std::vector<std::filesystem::path> readable{};  // what it sees though it lies within them
  SandboxLimits limits{};
};

// The policy of this machine. `secrets` are hidden beside what always is: the suite, logs, and the
// folder in which the harness was started.
SandboxPolicy make_sandbox_policy(std::vector<std::filesystem::path> secrets);

// Lets the program of a command line, and the files and folders that its words name, be seen. Of a
// program or file in a folder bin, the folder above that is meant, where its library lies. Any
// other file is seen alone: what lies beside it may be what others have handed in.
void allow_command(SandboxPolicy& policy, const std::vector<std::string>& words);

// The command that runs `arguments` in the sandbox. `owner`, if not negative, is the user to
// become.
std::vector<std::string> sandbox_command(const SandboxPolicy& policy, const CellFolders& folders,
                                         std::int64_t owner,
                                         const std::vector<std::string>& arguments);

std::vector<ResourceLimit> sandbox_limits(const SandboxLimits& limits);

// Of the harness's environment ("NAME=value"), what a program in the sandbox is given.
std::vector<std::string> sandbox_environment(const CellFolders& folders);

}  // namespace chatspec
