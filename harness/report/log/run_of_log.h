// The runs of a log, which may hold several one after the other.

#pragma once

#include <span>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

// Borrows its records.
struct RunOfLog {
  const RunRecord* run = nullptr;  // null where the log does not have the run's beginning
  std::vector<const BuildRecord*> builds{};
  const OpeningRecord* opening = nullptr;  // null where the program did not fail at it
  std::size_t cases_before_opening = 0;
  std::vector<const CaseRecord*> cases{};
  const EndRecord* end = nullptr;  // null where the run did not end, or its end is missing

  bool was_built() const;
  // Whether everything is there that was selected, from the beginning to the end, and nothing was
  // left out for want of time.
  bool is_whole() const;
};

std::vector<RunOfLog> group_runs(std::span<const Record> records);

}  // namespace chatspec
