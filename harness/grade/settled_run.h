// What was played of a submission in one role, as its mark sees it.

#pragma once

#include <expected>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "harness/report/log/record.h"
#include "harness/report/log/run_of_log.h"

namespace chatspec {

// Borrows records.
struct SettledRun {
  Role role = Role::kServer;
  const RunOfLog* run = nullptr;           // from which it is, but for what was played again
  const BuildRecord* build = nullptr;      // null where nothing was built
  std::vector<const CaseRecord*> cases{};  // those that count, in the order of the run
  bool is_whole = false;                   // every case was played, or skipped for a reason
  std::string why_not{};                   // where it is not: in a sentence without a full stop
  std::set<std::string> flaky{};           // ids of cases that failed at times only
};

// What is to be played again with nothing beside it before a run is marked.
struct Replay {
  bool is_of_all = false;  // else of these cases, which are in the order of the run
  std::vector<std::string> ids{};
};

// Nothing of it may have depended on how busy the machine was, so that is each case that failed by
// a deadline or by trouble of our own, with those that were skipped because of it; and all of it
// where it was not built for one of these, or not played to the end. Nothing where there is none of
// these.
std::optional<Replay> find_replay(const RunOfLog& run);

// The runs of a single submission, one of each role, as they were logged, and for each what was
// played again of it: a later run with the same name and seed. A case that was played again counts
// as it came out then. One that was played several times, alone or not, and did not always pass is
// flaky. The
// error is a sentence without a full stop.
std::expected<std::vector<SettledRun>, std::string> settle_runs(std::span<const RunOfLog> runs);

}  // namespace chatspec
