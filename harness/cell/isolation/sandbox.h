// What the sandbox lets a program see, use up and become: a bubblewrap command around the program's
// own, and limits. Pure, but for looking which files there are.
//
// The program sees of the machine only what is listed as the system's, which has programs and
// libraries in it and no work of anybody's (system_view.h); besides its own folder, and what its
// command line names. It has no capability, and as root's guest (guests.h) it is a user that owns
// nothing else. Some system calls are refused to it (system_call_filter.h).

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/isolation/settings_copy.h"
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
  std::uint64_t files = 65'536;                         // and folders in each of them
  std::uint64_t processes = 256;                        // threads count as such
  std::uint64_t open_files = 1024;
  std::uint64_t processor_s = 120;  // of one process
};

struct SandboxPolicy {
  std::string bubblewrap{};  // their paths; "" where they are not installed
  std::string setpriv{};
  std::vector<std::filesystem::path> system{};    // what every program sees, and links as such
  std::vector<std::filesystem::path> readable{};  // what this one sees besides
  std::vector<std::filesystem::path> hidden{};    // folders and files that it does not see though
                                                  // they lie within the others
  // Of `system`, for as long as a policy has it; null where each setting is shown by itself.
  // Whoever makes many cells makes it.
  std::shared_ptr<const SettingsCopy> settings{};
  SandboxLimits limits{};
};

// The policy of this machine. `secrets` are hidden beside what always is: the suite, logs, and the
// folder in which the harness was started.
SandboxPolicy make_sandbox_policy(std::vector<std::filesystem::path> secrets);

// Lets the program of a command line, and the files and folders that its words name, be seen. Of a
// program or file in a folder bin, the folder above that is meant, where its library lies, unless
// that has secrets in it or is a home. Any other file is seen alone: what lies beside it may be
// what others have handed in. Sockets that lie in such a folder are hidden: they are somebody's
// services.
void allow_command(SandboxPolicy& policy, const std::vector<std::string>& words);

// How bubblewrap runs a program: its command, which the program can see, and what it is told
// besides (StartRequest::options).
struct SandboxCommand {
  std::vector<std::string> words{};
  std::vector<std::string> options{};
};

// The command that runs `arguments` in the sandbox. `owner`, if not negative, is the user to
// become. The cell has places (supervisor_protocol.h).
SandboxCommand sandbox_command(const SandboxPolicy& policy, const CellFolders& folders,
                               std::int64_t owner, const std::vector<std::string>& arguments);

std::vector<ResourceLimit> sandbox_limits(const SandboxLimits& limits);

// Of the harness's environment ("NAME=value"), what a program in the sandbox is given. Of PATH, the
// folders that it sees.
std::vector<std::string> sandbox_environment(const SandboxPolicy& policy,
                                             const CellFolders& folders);

}  // namespace chatspec
