// Logs with something of everything, for tests of reports.

#pragma once

#include <string>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

// A case of this verdict, with all that such a one has.
CaseRecord example_case(const std::string& id, Verdict verdict);

// A run of a case for each verdict, built before, from its beginning to its end.
std::vector<Record> example_run(const std::string& name);

// Two runs, of which the second was interrupted.
std::vector<Record> example_log();

}  // namespace chatspec
