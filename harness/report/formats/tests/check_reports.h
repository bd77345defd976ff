// Reports in every format, as readers that are not ours see them.

#pragma once

#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

// Fails the test where a format is not read as it was meant, or an importer would refuse it.
void check_reports(const std::vector<Record>& records);

}  // namespace chatspec
