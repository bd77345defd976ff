// Where each case of a run stands when its mark is reckoned.

#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "harness/grade/assignment.h"
#include "harness/grade/settled_run.h"
#include "harness/report/log/record.h"
#include "harness/report/roots.h"

namespace chatspec {

struct Standing {
  const CaseRecord* played = nullptr;
  std::optional<std::size_t> part{};  // an index; nothing where no part has it
  bool passes = false;                // also where it deviates
  bool is_left_out = false;           // it was not played, and nothing follows
  // An index of the root to which it is lost, or, where it passes, because of which it deviates.
  std::optional<std::size_t> root{};
};

struct Standings {
  std::vector<Root> roots{};
  std::vector<Standing> cases{};
};

Standings find_standings(const Assignment& assignment, const SettledRun& run);

}  // namespace chatspec
