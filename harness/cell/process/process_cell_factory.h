// Makes real cells (process_cell.h), all of one tier.

#pragma once

#include <filesystem>
#include <memory>

#include "harness/cell/process/process_cell.h"

namespace chatspec {

class ProcessCellFactory final : public CellFactory {
 public:
  // Borrows what the plan and the surroundings refer to.
  ProcessCellFactory(const CellSurroundings& surroundings, CellPlan plan);
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role implementation,
                                                         std::uint64_t seed) override;
  // The same, as what it is.
  std::expected<std::unique_ptr<ProcessCell>, CellFailure> open_process_cell(Role implementation,
                                                                             std::uint64_t seed);
  std::string_view isolation() const override { return to_string(plan_.isolation); }

 private:
  SupervisorPlan plan_supervisor(const std::filesystem::path& folder) const;
  std::expected<void, CellFailure> copy_program_into(int folder) const;
  bool shares_network() const { return !plan_.has_own_namespaces(); }
  // Lets the cell have a port: `parts.port`, and what keeps it for the implementation or for us.
  std::optional<CellFailure> give_port(CellParts& parts, Role implementation, std::uint64_t seed);
  // On a port of the kernel's choice where it is 0.
  std::expected<FileDescriptor, LaunchFailure> listen(SupervisorLink& supervisor, int family,
                                                      std::uint16_t port) const;
  std::expected<std::vector<FileDescriptor>, LaunchFailure> listen_on_loopback(
      SupervisorLink& supervisor, std::uint16_t port) const;

  CellSurroundings surroundings_;
  CellPlan plan_;
  PortPool ports_;
};

}  // namespace chatspec
