#include "harness/cell/process/process_cell_factory.h"

#include <cassert>
#include <cerrno>
#include <fcntl.h>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "harness/cell/cell_failure.h"

namespace chatspec {
namespace {

constexpr int kBacklog = 64;
constexpr int kMostPorts = 100;  // that are tried until one is free on both addresses
// So much is copied in the time that it takes to do without; and a copy behaves like any other
// folder, where an overlay keeps an ordinary user from moving folders of the original.
constexpr std::uint64_t kFewBytes = std::uint64_t{2} << 20;
constexpr std::uint64_t kFewEntries = 100;
constexpr std::uint64_t kMostPerFile = 8192;  // bytes lost of a block, and for the name

// Whether it is this machine that has no ::1.
bool has_no_ipv6(int error) {
  return error == EAFNOSUPPORT || error == EADDRNOTAVAIL || error == EPROTONOSUPPORT;
}

}  // namespace

ProcessCellFactory::ProcessCellFactory(const CellSurroundings& surroundings, CellPlan plan)
    : surroundings_(surroundings), plan_(std::move(plan)) {
  assert(plan_.launcher);
  SandboxPolicy& policy = plan_.policy;
  if (plan_.isolation == Isolation::kSandbox && !policy.settings)
    policy.settings = SettingsCopy::make(policy.system, policy.hidden);
}

std::expected<FileDescriptor, LaunchFailure> ProcessCellFactory::listen(SupervisorLink& supervisor,
                                                                        int family,
                                                                        std::uint16_t port) const {
  const auto failure = [] {
    return std::unexpected(LaunchFailure{"cannot listen on the loopback", errno});
  };
  FileDescriptor listener;
  if (shares_network()) {
    listener = FileDescriptor(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!listener) return failure();
  } else {
    auto made = supervisor.socket(family, SOCK_STREAM, 0);
    if (!made) return made;
    listener = *std::move(made);
  }
  const Address address = Address::loopback(family, port);
  if (bind(listener.get(), address.data(), address.size()) != 0 ||
      ::listen(listener.get(), kBacklog) != 0 || !set_non_blocking(listener)) {
    return failure();
  }
  return listener;
}

// A client that is told a name may look for us at ::1. On the host's network somebody else may
// listen there on the port that we got, and would be taken for us; then it must be another port.
std::expected<std::vector<FileDescriptor>, LaunchFailure> ProcessCellFactory::listen_on_loopback(
    SupervisorLink& supervisor, std::uint16_t port) const {
  LaunchFailure failure;
  for (int tries = 0; tries < kMostPorts; ++tries) {
    auto four = listen(supervisor, AF_INET, port);
    if (!four) return std::unexpected(four.error());
    auto six = listen(supervisor, AF_INET6, Address::local_end(four->get()).port());
    std::vector<FileDescriptor> listeners;
    listeners.push_back(*std::move(four));
    if (six) listeners.push_back(*std::move(six));
    if (listeners.size() == 2 || has_no_ipv6(six.error().error)) return listeners;
    failure = six.error();
    if (failure.error != EADDRINUSE) break;
  }
  return std::unexpected(failure);
}

std::optional<CellFailure> ProcessCellFactory::give_port(CellParts& parts, Role implementation,
                                                         std::uint64_t seed) {
  if (!shares_network()) parts.port = port_in_own_network(seed);
  if (implementation == Role::kClient) {
    auto listeners = listen_on_loopback(parts.supervisor, parts.port);
    if (!listeners) return trouble_failure(listeners.error().to_string());
    parts.listeners = *std::move(listeners);
    parts.port = Address::local_end(parts.listeners.front().get()).port();
  } else if (shares_network()) {
    auto reservation = ports_.reserve();
    if (!reservation) return trouble_failure("no port is free for a server");
    parts.port = reservation->port();
    parts.reservation = *std::move(reservation);
  }
  return std::nullopt;
}

SupervisorPlan ProcessCellFactory::plan_supervisor(const std::filesystem::path& folder) const {
  SupervisorPlan plan = make_supervisor_plan(plan_, folder);
  if (!plan_.program || plan.folder_bytes == 0) return plan;
  const CopiedTree& contents = plan_.program->contents();
  const bool cheap = contents.bytes <= kFewBytes && contents.entries <= kFewEntries;
  if (plan_.may_share && !cheap) plan.program_folder = plan_.program->path();
  // A copy has room beside what the program may write.
  plan.folder_bytes += contents.bytes + contents.entries * kMostPerFile;
  plan.folder_files += contents.entries;
  return plan;
}

std::expected<void, CellFailure> ProcessCellFactory::copy_program_into(int folder) const {
  const std::string name(kProgramFolder);
  const bool made = mkdirat(folder, name.c_str(), 0700) == 0;
  const FileDescriptor copy(
      made ? openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1);
  if (!copy || fchmod(copy.get(), 0777) != 0) {
    return std::unexpected(trouble_failure("cannot make a folder for the program", errno));
  }
  const auto copied = copy_tree(plan_.program->descriptor(), copy.get());
  if (copied) return {};
  return std::unexpected(
      trouble_failure(fmt::format("cannot copy the program's folder: {}", copied.error())));
}

std::expected<std::unique_ptr<Cell>, CellFailure> ProcessCellFactory::open(Role implementation,
                                                                           std::uint64_t seed) {
  return open_process_cell(implementation, seed);
}

std::expected<std::unique_ptr<ProcessCell>, CellFailure> ProcessCellFactory::open_process_cell(
    Role implementation, std::uint64_t seed) {
  auto folder = ScratchFolder::make(plan_.temporary);
  if (!folder) return std::unexpected(trouble_failure(folder.error()));
  auto supervisor = SupervisorLink::open(*plan_.launcher, plan_supervisor(folder->path()),
                                         surroundings_.interrupt.fd());
  if (!supervisor && surroundings_.interrupt.requested())
    return std::unexpected(interrupted_failure());
  if (!supervisor) return std::unexpected(trouble_failure(supervisor.error().to_string()));
  if (plan_.program && !supervisor->has_program_folder()) {
    const int place = supervisor->folder() ? supervisor->folder().get() : folder->descriptor();
    if (const auto copied = copy_program_into(place); !copied) {
      return std::unexpected(copied.error());
    }
  }
  auto sockets = open_socket_table(plan_, *supervisor);
  if (!sockets) return std::unexpected(trouble_failure(sockets.error().to_string()));
  CellParts parts{.folder = *std::move(folder),
                  .supervisor = *std::move(supervisor),
                  .sockets = *std::move(sockets)};
  if (plan_.groups) {
    auto group =
        plan_.groups->make_group(std::to_string(parts.supervisor.pid()),
                                 plan_.policy.limits.memory_bytes, plan_.policy.limits.processes);
    if (!group) return std::unexpected(trouble_failure(group.error()));
    parts.group.emplace(*std::move(group));
  }
  if (auto failure = give_port(parts, implementation, seed)) return std::unexpected(*failure);
  return std::make_unique<ProcessCell>(surroundings_, plan_, std::move(parts));
}

}  // namespace chatspec
