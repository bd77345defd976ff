// The programs of a grid, built, and how cells for them are made.

#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "harness/cell/interrupt.h"
#include "harness/cell/isolation/control_group.h"
#include "harness/cell/process/process_cell_factory.h"
#include "harness/cli/options/tier_choice.h"
#include "harness/cli/run/program_plan.h"
#include "harness/grid/grid.h"

namespace chatspec {

// A server or a client of an implementation.
struct GridProgram {
  std::string name{};     // the implementation's
  std::string trouble{};  // why it cannot be played, in a sentence without a full stop; else "",
                          // and the others are there
  std::unique_ptr<ProgramPlan> plan{};
  std::unique_ptr<ProcessCellFactory> cells{};
};

class GridPrograms {
 public:
  struct Request {
    const Grid& grid;
    std::string isolation;      // a tier's name; "" for the sandbox where it works, else the best
    std::filesystem::path out;  // the folder of results, which no program is to see
    std::size_t jobs;
  };

  // Chooses the tier, and forks, so it is called while there is a single thread. Borrows the
  // surroundings. The error is a sentence.
  static std::expected<GridPrograms, std::string> make(const Request& request,
                                                       const CellSurroundings& surroundings);

  // Finds their files, and builds those that are to be built, some at a time.
  void prepare(const Request& request);

  const std::vector<GridProgram>& clients() const { return clients_; }
  const std::vector<GridProgram>& servers() const { return servers_; }
  std::string_view isolation() const { return to_string(tier_.plan.isolation); }
  const std::string& note() const { return tier_.note; }

 private:
  explicit GridPrograms(const CellSurroundings& surroundings) : surroundings_(surroundings) {}

  using Pair = std::pair<GridProgram, GridProgram>;
  Pair prepare_one(const Request& request, const GridImplementation& one) const;
  GridProgram plan(const Request& request, const GridImplementation& one, Role role,
                   const std::string& folder, bool is_to_be_built) const;
  void build(const Request& request, const GridImplementation& one, GridProgram& program) const;
  void give_cells(GridProgram& program) const;

  // Each borrows of those above it.
  CellSurroundings surroundings_;
  std::filesystem::path temporary_{};
  std::unique_ptr<ControlGroups> groups_{};  // outlives every process; null where there are none
  std::unique_ptr<Launcher> launcher_{};
  TierChoice tier_{};
  std::vector<GridProgram> clients_{};
  std::vector<GridProgram> servers_{};
};

}  // namespace chatspec
