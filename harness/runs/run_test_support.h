// What the tests of runs share: cells with fake servers, and runs in them.

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/cell/fake_cell.h"
#include "harness/runs/run.h"
#include "harness/scenario/source.h"

namespace chatspec::testing_runs {

// Ends whatever it hears with the same action.
class Abrupt : public FakePeer {
 public:
  explicit Abrupt(FakeAction::Kind ending) : ending_(ending) {}
  FakeActions on_bytes(int connection, std::string_view) override {
    return {{.kind = ending_, .connection = connection}};
  }

 private:
  FakeAction::Kind ending_;
};

class Cells : public CellFactory {
 public:
  explicit Cells(FakeAction::Kind ending) : ending_(ending) {}
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role side, std::uint64_t) override {
    return std::make_unique<FakeCell>(side, std::make_unique<Abrupt>(ending_));
  }
  std::string_view isolation() const override { return "fake"; }

 private:
  FakeAction::Kind ending_;
};

// Cells with whatever peers are made.
class PeerCells : public CellFactory {
 public:
  explicit PeerCells(std::function<std::unique_ptr<FakePeer>()> make) : make_(std::move(make)) {}
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Role side, std::uint64_t) override {
    return std::make_unique<FakeCell>(side, make_());
  }
  std::string_view isolation() const override { return "fake"; }

 private:
  std::function<std::unique_ptr<FakePeer>()> make_;
};

struct Written {
  std::string id;
  std::string rest;  // of its directives and its transcript
};

inline Suite suite_of(const std::vector<Written>& scenarios) {
  Suite suite;
  for (const auto& [id, rest] : scenarios) {
    ScenarioFile file{.id = id, .path = id + ".chat", .source = {}, .scenario = {}};
    file.source = "scenario  t\nrole      server\n" + rest;
    EXPECT_EQ(check_source(file.source, id, file.scenario), "");
    suite.files.push_back(std::move(file));
  }
  return suite;
}

struct Told {
  std::string id;
  std::string verdict;
  bool operator==(const Told&) const = default;
};
inline std::ostream& operator<<(std::ostream& out, const Told& told) {
  return out << told.id << " " << told.verdict;
}

struct Manner {
  bool remote = false;   // a server that runs already
  std::size_t keys = 0;  // of it, where they are known
  std::size_t jobs = 3;
  bool play_on = false;
  std::optional<std::size_t> enough_failures{};
  std::optional<std::chrono::nanoseconds> time_limit{};
  std::vector<KnownFailure> known{};
};

// Of each scenario, in the order in which they are told, played in these cells.
inline std::vector<Told> results_in(CellFactory& cells, const std::vector<Written>& scenarios,
                                    const Manner& manner) {
  const Suite suite = suite_of(scenarios);
  const auto command = Command::parse("server {port} {keys}", Role::kServer);
  RunOptions options{.profile = *chat::find_profile("line"),
                     .command = manner.remote ? nullptr : &*command};
  if (manner.keys > 0) options.remote_keys = std::vector<std::string>(manner.keys, "k");
  options.jobs = manner.jobs;
  options.play_on = manner.play_on;
  options.enough_failures = manner.enough_failures;
  options.time_limit = manner.time_limit;
  options.known = manner.known;
  const std::vector<Case> cases = list_cases(suite);
  std::vector<Told> told;
  run_cases(point_to(cases), options, cells, FakeClock(), Interrupt(),
            [&](const CaseResult& result) {
              told.push_back({result.played->id, std::string(to_string(result.judgement.verdict))});
            });
  return told;
}

inline std::map<std::string, std::string> verdicts_in(CellFactory& cells,
                                                      const std::vector<Written>& scenarios,
                                                      const Manner& manner = {}) {
  std::map<std::string, std::string> verdicts;
  for (const Told& told : results_in(cells, scenarios, manner)) verdicts[told.id] = told.verdict;
  return verdicts;
}

}  // namespace chatspec::testing_runs
