// The tiers in which an implementation can live (the whole list of them), and what each takes of
// the machine.

#pragma once

#include <array>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cell/isolation/sandbox.h"
#include "harness/cell/kernel/socket_table.h"
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

// How the supervisor of a cell of the tier is made, and how a program is started in it. The policy
// matters to the sandbox alone. `program` is what arguments[0] was found to be, and `supervisor`
// the supervisor's process id.
SupervisorPlan make_supervisor_plan(Isolation isolation, const SandboxPolicy& policy,
                                    const std::filesystem::path& folder);
StartRequest make_start_request(Isolation isolation, const SandboxPolicy& policy,
                                const CellFolders& folders, pid_t supervisor,
                                const std::string& program,
                                const std::vector<std::string>& arguments);

// The table of the sockets in a cell's network.
std::expected<SocketTable, LaunchFailure> open_socket_table(Isolation isolation,
                                                            SupervisorLink& supervisor);

// What keeps something from being used here.
struct Obstacle {
  std::string what;    // a sentence without a full stop
  std::string remedy;  // what to do about it; may be empty
};

// Tries a tier out, by making a cell in `temporary`, running a program in it and looking at its
// sockets. Nothing where all is well.
std::optional<Obstacle> find_obstacle(Isolation isolation, const SandboxPolicy& policy,
                                      const std::filesystem::path& temporary, Launcher& launcher);

// Tries in the same way whether a program in the sandbox may read what the policy shows it. As
// root's guest it is a user of its own, to whom files of mode 0600 are closed.
std::optional<Obstacle> find_obstacle_to_reading(const SandboxPolicy& policy,
                                                 const std::filesystem::path& temporary,
                                                 Launcher& launcher);

// Tries in the same way whether the kernel shows what a program in such a cell waits for. Without
// that nothing can be proven, and silence rests on deadlines. For tiers without an obstacle.
std::optional<Obstacle> find_obstacle_to_observing(Isolation isolation, const SandboxPolicy& policy,
                                                   const std::filesystem::path& temporary,
                                                   Launcher& launcher);

}  // namespace chatspec
