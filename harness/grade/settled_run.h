// What was played of a submission in one role, as its mark sees it.

#pragma once

#include <expected>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "harness/report/record.h"
#include "harness/report/run_of_log.h"

namespace chatspec {

// Borrows records.
struct SettledRun {
  Role role = Role::kServer;
  const BuildRecord* build = nullptr;      // null where nothing was built
  std::vector<const CaseRecord*> cases{};  // those that count, in the order of the run
  bool is_whole = false;                   // every case was played, or skipped for a reason
  std::string why_not{};                   // where it is not: in a sentence without a full stop
  std::set<std::string> flaky{};           // ids of cases that failed at times only
};

// The runs of a single submission, one of each role, as they were logged. A case that was played
// several times and did not always pass is flaky. The error is a sentence without a full stop.
std::expected<std::vector<SettledRun>, std::string> settle_runs(std::span<const RunOfLog> runs);

}  // namespace chatspec
