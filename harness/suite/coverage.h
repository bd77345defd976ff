// What the suite covers: for each requirement, role and profile, how many cases put it to the test,
// and why there is none where there is none.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/suite/case.h"
#include "reference/profile.h"
#include "reference/requirements.h"

namespace chatspec {

// One line of the table.
struct CoverageRow {
  const chat::Requirement* requirement = nullptr;
  Role role = Role::kServer;
  // One per profile, in the order of chat::builtin_profiles(): how many cases, or what stands in
  // place of them.
  struct Cell {
    std::size_t cases = 0;
    bool binds = true;          // the requirement says something in this profile
    std::string_view reason{};  // why nothing covers it although it binds; "" if nobody knows
  };
  std::vector<Cell> cells;
};

// All requirements in each role that they bind, in the document's order.
std::vector<CoverageRow> measure_coverage(const std::vector<Case>& cases);

// The table, for people: numbers, "-" where nothing is asked, and below it the reasons.
std::string render_coverage(const std::vector<CoverageRow>& rows);

}  // namespace chatspec
