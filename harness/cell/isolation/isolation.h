// The tiers in which an implementation can live (the whole list of them), what cells of a tier are
// made with, and what each takes of the machine.

#pragma once

#include <array>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/isolation/control_group.h"
#include "harness/cell/isolation/sandbox.h"
#include "harness/cell/kernel/socket_table.h"
#include "harness/cell/program/program_folder.h"
#include "harness/cell/supervisor/supervisor_link.h"

namespace chatspec {

enum class Isolation {
  kSandbox,   // isolated, and besides: a read-only system, limits, nothing of the user's in sight
  kIsolated,  // a network, process tree, mounts and folder of its own
  kPlain,     // on the host's network, with a port of its own
  kRemote,    // somebody else's
};

struct IsolationWord {
  Isolation isolation;
  std::string_view word;
  std::string_view meaning;  // for people
};
inline constexpr std::array kIsolations{
    IsolationWord{Isolation::kSandbox, "sandbox",
                  "a network, processes and folder of its own, a read-only system, limits"},
    IsolationWord{Isolation::kIsolated, "isolated",
                  "a network, processes and folder of its own; the files of this user"},
    IsolationWord{Isolation::kPlain, "plain",
                  "this machine's network and files; it is only kept apart and cleaned up after"},
    IsolationWord{Isolation::kRemote, "remote", "a server that somebody else started"},
};
std::string_view to_string(Isolation isolation);

// Everything that cells are made with.
struct CellPlan {
  Isolation isolation = Isolation::kPlain;
  SandboxPolicy policy{};                 // matters to the sandbox, but for its limit on the disk
  std::filesystem::path temporary{};      // the folder in which theirs are made
  Launcher* launcher = nullptr;           // borrowed
  bool observes = true;                   // whether silence may be proven; else only deadlines tell
  const ControlGroups* groups = nullptr;  // borrowed; null where there are none
  // Borrowed: of which each program starts in a copy of its own. Null where it starts in the empty
  // folder of its cell.
  const ProgramFolder* program = nullptr;
  bool may_share = true;  // many files are not copied, where the kernel can do without; where all
                          // of the copy is to be seen from outside, they must be

  bool has_own_namespaces() const {
    return isolation == Isolation::kSandbox || isolation == Isolation::kIsolated;
  }
};

// How the supervisor of a cell is made, and how a program is started in it. `program` is what
// arguments[0] was found to be, and `supervisor` the supervisor's process id.
SupervisorPlan make_supervisor_plan(const CellPlan& plan, const std::filesystem::path& folder);
StartRequest make_start_request(const CellPlan& plan, const CellFolders& folders, pid_t supervisor,
                                const std::string& program,
                                const std::vector<std::string>& arguments);

// The table of the sockets in a cell's network.
std::expected<SocketTable, LaunchFailure> open_socket_table(const CellPlan& plan,
                                                            SupervisorLink& supervisor);

}  // namespace chatspec
