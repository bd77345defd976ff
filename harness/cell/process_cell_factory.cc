#include "harness/cell/process_cell_factory.h"

#include <cerrno>
#include <fcntl.h>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace chatspec {
namespace {

constexpr int kBacklog = 64;
// So much is copied in the time that it takes to do without; and a copy behaves like any other
// folder, where an overlay keeps an ordinary user from moving folders of the original.
constexpr std::uint64_t kFewBytes = std::uint64_t{2} << 20;
constexpr std::uint64_t kFewEntries = 100;
constexpr std::uint64_t kMostPerFile = 8192;  // bytes lost of a block, and for the name

}  // namespace

ProcessCellFactory::ProcessCellFactory(const CellSurroundings& surroundings,
                                       std::filesystem::path temporary, Tier tier,
                                       Launcher& launcher)
    : surroundings_(surroundings),
      temporary_(std::move(temporary)),
      tier_(std::move(tier)),
      launcher_(launcher) {}

std::expected<FileDescriptor, CellFailure> ProcessCellFactory::listen(KeeperLink& keeper,
                                                                      std::uint16_t port) const {
  auto listener = shares_network()
                      ? FileDescriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
                      : keeper.socket(AF_INET, SOCK_STREAM, 0).value_or(FileDescriptor());
  const Address address = Address::loopback(AF_INET, port);
  if (!listener || bind(listener.get(), address.data(), address.size()) != 0 ||
      ::listen(listener.get(), kBacklog) != 0 || !set_non_blocking(listener)) {
    return std::unexpected(trouble_failure("cannot listen on 127.0.0.1", errno));
  }
  return listener;
}

std::optional<CellFailure> ProcessCellFactory::give_port(CellParts& parts, Side implementation,
                                                         std::uint64_t seed) {
  if (!shares_network()) parts.port = port_in_own_network(seed);
  if (implementation == Side::kClient) {
    auto listener = listen(parts.keeper, parts.port);
    if (!listener) return listener.error();
    parts.listener = *std::move(listener);
    parts.port = Address::local_end(parts.listener.get()).port();
  } else if (shares_network()) {
    auto reservation = ports_.reserve();
    if (!reservation) return trouble_failure("no port is free for a server");
    parts.port = reservation->port();
    parts.reservation = *std::move(reservation);
  }
  return std::nullopt;
}

KeeperPlan ProcessCellFactory::plan_keeper(const std::filesystem::path& folder) const {
  KeeperPlan plan = make_keeper_plan(tier_.isolation, tier_.policy, folder);
  if (!tier_.program || plan.folder_bytes == 0) return plan;
  const CopiedTree& contents = tier_.program->contents();
  const bool cheap = contents.bytes <= kFewBytes && contents.entries <= kFewEntries;
  if (tier_.may_share && !cheap) plan.program_folder = tier_.program->path();
  // A copy has room beside what the program may write.
  plan.folder_bytes += contents.bytes + contents.entries * kMostPerFile;
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
  const auto copied = copy_tree(tier_.program->descriptor(), copy.get());
  if (copied) return {};
  return std::unexpected(
      trouble_failure(fmt::format("cannot copy the program's folder: {}", copied.error())));
}

std::expected<std::unique_ptr<Cell>, CellFailure> ProcessCellFactory::open(Side implementation,
                                                                           std::uint64_t seed) {
  return open_process_cell(implementation, seed);
}

std::expected<std::unique_ptr<ProcessCell>, CellFailure> ProcessCellFactory::open_process_cell(
    Side implementation, std::uint64_t seed) {
  auto folder = ScratchFolder::make(temporary_);
  if (!folder) return std::unexpected(trouble_failure(folder.error()));
  auto keeper = KeeperLink::open(launcher_, plan_keeper(folder->path()));
  if (!keeper) return std::unexpected(trouble_failure(keeper.error().to_string()));
  if (tier_.program && !keeper->has_program_folder()) {
    const int place = keeper->folder() ? keeper->folder().get() : folder->descriptor();
    if (const auto copied = copy_program_into(place); !copied) {
      return std::unexpected(copied.error());
    }
  }
  auto sockets = open_socket_table(tier_.isolation, *keeper);
  if (!sockets) return std::unexpected(trouble_failure(sockets.error().to_string()));
  CellParts parts{
      .folder = *std::move(folder), .keeper = *std::move(keeper), .sockets = *std::move(sockets)};
  if (tier_.groups) {
    auto group =
        tier_.groups->make_group(std::to_string(parts.keeper.pid()),
                                 tier_.policy.limits.memory_bytes, tier_.policy.limits.processes);
    if (!group) return std::unexpected(trouble_failure(group.error()));
    parts.group.emplace(*std::move(group));
  }
  if (auto failure = give_port(parts, implementation, seed)) return std::unexpected(*failure);
  return std::make_unique<ProcessCell>(surroundings_, tier_, std::move(parts));
}

}  // namespace chatspec
