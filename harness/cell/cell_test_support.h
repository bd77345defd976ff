// What the tests of real cells share: the surroundings of a cell, and how to run a few lines of
// Python as an implementation.

#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "harness/cell/process_cell.h"

namespace chatspec::testing {

using namespace std::chrono_literals;

// The patience is long, because whatever a test waits for must come about by evidence. A test of
// something that must not come about shortens the one that it waits for.
struct Bench {
  Interrupt interrupt{};
  SteadyClock clock{};
  Patience patience{.answer = 100s, .silence = 100s, .start = 100s};
  ObserverMaker make_observer{};

  std::unique_ptr<Cell> open(Side side) {
    factory_ =
        std::make_unique<PlainCellFactory>(CellSurroundings{interrupt, clock, patience},
                                           std::filesystem::temp_directory_path(), make_observer);
    auto cell = factory_->open(side);
    EXPECT_TRUE(cell) << (cell ? "" : cell.error().message);
    return cell ? std::move(*cell) : nullptr;
  }

 private:
  std::unique_ptr<PlainCellFactory> factory_;
};

// Runs a script whose `port` is the cell's port, with the modules that the tests need.
inline std::vector<std::string> python(const Cell& cell, const std::string& script) {
  const std::string plain = "/usr/bin/python3";  // PATH may hold a slow wrapper instead
  return {access(plain.c_str(), X_OK) == 0 ? plain : "python3", "-I", "-S", "-c",
          "import os, signal, socket, sys\nport = " + std::to_string(cell.port()) + "\n" + script};
}

// Opens a server's cell and brings it to its first connection, which is number 1.
inline std::unique_ptr<Cell> connected(Bench& bench, const std::string& script) {
  auto cell = bench.open(Side::kServer);
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
    const Sight sight = cell.await(1, false);
    if (sight.kind != Sight::Kind::kBytes) break;
    bytes += sight.bytes;
  }
  return bytes;
}

}  // namespace chatspec::testing
