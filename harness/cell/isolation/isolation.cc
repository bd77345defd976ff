#include "harness/cell/isolation/isolation.h"

#include <algorithm>
#include <unistd.h>

#include <linux/netlink.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "harness/cell/isolation/guests.h"
#include "harness/cell/kernel/core_file.h"

namespace chatspec {
namespace {

std::vector<std::string> whole_environment(const std::filesystem::path& folder) {
  std::vector<std::string> environment{"PWD=" + folder.native()};
  for (char** entry = environ; *entry; ++entry) {
    if (!std::string_view(*entry).starts_with("PWD=")) environment.emplace_back(*entry);
  }
  return environment;
}

}  // namespace

std::string_view to_string(Isolation isolation) {
  return std::ranges::find(kIsolations, isolation, &IsolationWord::isolation)->word;
}

SupervisorPlan make_supervisor_plan(const CellPlan& plan, const std::filesystem::path& folder) {
  SupervisorPlan made{.user = geteuid(), .group = getegid(), .folder = folder};
  if (!plan.has_own_namespaces()) return made;
  made.own_namespaces = true;
  // Root needs none to make the others; but in the sandbox, where it has no guests.
  made.own_user_namespace = plan.isolation == Isolation::kSandbox ? !has_guests() : made.user != 0;
  made.folder_bytes = plan.policy.limits.disk_bytes;
  made.folder_files = plan.policy.limits.files;
  if (plan.isolation == Isolation::kSandbox) {
    made.has_places = true;
    made.memory_bytes = plan.policy.limits.memory_bytes;
  }
  return made;
}

StartRequest make_start_request(const CellPlan& plan, const CellFolders& folders, pid_t supervisor,
                                const std::string& program,
                                const std::vector<std::string>& arguments) {
  StartRequest request{.program = program,
                       .arguments = arguments,
                       .folder = folders.own,
                       .work_folder = folders.work};
  if (plan.isolation != Isolation::kSandbox) {
    request.limits = {{RLIMIT_CORE, kCoreBytes}};
    request.environment = whole_environment(folders.work);
    return request;
  }
  if (has_guests()) request.owner = guest_of(supervisor);
  std::vector<std::string> inner = arguments;
  inner.front() = program;
  SandboxCommand command = sandbox_command(plan.policy, folders, request.owner, inner);
  request.program = plan.policy.bubblewrap;
  request.arguments = std::move(command.words);
  request.options = std::move(command.options);
  request.environment = sandbox_environment(plan.policy, folders);
  // As the supervisor sees it, which is not where the program does.
  request.folder = folders.own / cell_place::kFolder;
  request.work_folder = request.folder;
  request.limits = sandbox_limits(plan.policy.limits);
  request.is_filtered = true;
  request.wrapped = true;
  return request;
}

std::expected<SocketTable, LaunchFailure> open_socket_table(const CellPlan& plan,
                                                            SupervisorLink& supervisor) {
  if (!plan.has_own_namespaces()) return SocketTable();
  auto netlink = supervisor.socket(AF_NETLINK, SOCK_DGRAM, NETLINK_SOCK_DIAG);
  if (!netlink) return std::unexpected(netlink.error());
  return SocketTable(*std::move(netlink));
}

}  // namespace chatspec
