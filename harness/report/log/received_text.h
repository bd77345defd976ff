// What came in place of what was due, for people.

#pragma once

#include <cstddef>
#include <string>

#include "harness/report/log/record.h"

namespace chatspec {

// In quotes, at most so many of its bytes, and where that is not all how many there are. A finding
// keeps no more than a beginning (kKeptBytes), so of many bytes the number is only a bound.
std::string show_received(const FindingRecord& finding, std::size_t max_bytes = 80);

}  // namespace chatspec
