// Whether everything that a scenario names exists: requirements, profiles, columns of its table.

#pragma once

#include <string>
#include <vector>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

// A place where a scenario names a column of its table.
struct ColumnUse {
  std::string name;
  Span span{};
  bool is_item = false;  // where an item stands, else a text or a number
};

std::vector<ColumnUse> list_column_uses(const Scenario& scenario);

// Says nothing of what is missing, so that it is of use also where some lines did not parse. The
// scenarios that are needed are only looked at for the form of their ids.
void check_names(const Scenario& scenario, Diagnostics& diagnostics);

// The part of it that a row of a table can add to.
void check_tags(const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace chatspec
