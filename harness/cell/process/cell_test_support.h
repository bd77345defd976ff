// What the tests of real cells share: the surroundings of a cell, and how to run a few lines of
// Python as an implementation.

#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "harness/cell/isolation/obstacle.h"
#include "harness/cell/process/process_cell_factory.h"

namespace chatspec::testing {

using namespace std::chrono_literals;

// The patience is long, because whatever a test waits for must come about by evidence. A test of
// something that must not come about shortens the one that it waits for.
class Bench {
 public:
  explicit Bench(Isolation isolation) { plan.isolation = isolation; }

  Interrupt interrupt{};
  SteadyClock clock{};
  Patience patience{.answer = 100s, .silence = 100s, .start = 100s};
  CellPlan plan{.policy = make_sandbox_policy({}),
                .temporary = std::filesystem::temp_directory_path()};

  std::unique_ptr<Cell> open(Role side, std::uint64_t seed = 1) {
    auto cell = try_open(side, seed);
    EXPECT_TRUE(cell) << (cell ? "" : cell.error().message);
    return cell ? std::move(*cell) : nullptr;
  }

  std::expected<std::unique_ptr<Cell>, CellFailure> try_open(Role side, std::uint64_t seed = 1) {
    if (!launcher_) launcher_ = Launcher::fork().value();
    plan.launcher = launcher_.get();
    // A cell borrows the plan of its factory.
    factories_.push_back(
        std::make_unique<ProcessCellFactory>(CellSurroundings{interrupt, clock, patience}, plan));
    return factories_.back()->open(side, seed);
  }

 private:
  std::unique_ptr<Launcher> launcher_;
  std::vector<std::unique_ptr<ProcessCellFactory>> factories_;
};

// Tests of every tier. One that this machine does not offer is skipped, and says why.
class InEveryTier : public ::testing::TestWithParam<Isolation> {
 protected:
  void SetUp() override {
    const auto launcher = Launcher::fork().value();
    const auto obstacle = find_obstacle({.isolation = GetParam(),
                                         .policy = make_sandbox_policy({}),
                                         .temporary = std::filesystem::temp_directory_path(),
                                         .launcher = launcher.get()});
    if (!obstacle) return;
    if (GetParam() == Isolation::kPlain) FAIL() << obstacle->what;
    GTEST_SKIP() << obstacle->what;
  }
  bool has_network_of_its_own() const { return GetParam() != Isolation::kPlain; }
};

inline std::string tier_name(const ::testing::TestParamInfo<Isolation>& info) {
  return std::string(to_string(info.param));
}
inline auto every_tier() {
  return ::testing::Values(Isolation::kPlain, Isolation::kIsolated, Isolation::kSandbox);
}

inline std::string python_path() {
  const std::string plain = "/usr/bin/python3";  // PATH may hold a slow wrapper instead
  return access(plain.c_str(), X_OK) == 0 ? plain : "python3";
}

// Runs a script whose `port` is the cell's port, with the modules that the tests need.
inline std::vector<std::string> python(const Cell& cell, const std::string& script) {
  return {python_path(), "-I", "-S", "-c",
          "# " + cell.folder().native() + "\nimport os, signal, socket, sys\nport = " +
              std::to_string(cell.port()) + "\n" + script};
}

// Whether any process on this machine runs what python() made for a cell of this folder.
inline bool anyone_left(const std::filesystem::path& folder) {
  const ProcessTable host = ProcessTable::of_host();
  const auto processes = host.processes();
  for (const ProcessEntry& entry : processes.value()) {
    const auto words = host.read(std::to_string(entry.pid) + "/cmdline");
    if (words && words->find(folder.native()) != std::string::npos) return true;
  }
  return false;
}

// Opens a server's cell and brings it to its first connection, which is number 1.
inline std::unique_ptr<Cell> connected(Bench& bench, const std::string& script) {
  auto cell = bench.open(Role::kServer);
  const auto started = cell->start(python(*cell, script));
  EXPECT_TRUE(started) << (started ? "" : started.error().message);
  const auto address = cell->await_listening();
  EXPECT_TRUE(address) << (address ? "" : address.error().message);
  const auto connection = cell->connect();
  EXPECT_TRUE(connection) << (connection ? "" : connection.error().message);
  return cell;
}

inline std::string received(Cell& cell, std::size_t size) {
  std::string bytes;
  while (bytes.size() < size) {
    const StreamEvent event = cell.await(1, false);
    if (event.kind != StreamEvent::Kind::kBytes) break;
    bytes += event.bytes;
  }
  return bytes;
}

}  // namespace chatspec::testing
