// What learning and fuzzing both remark on what they saw.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/asking/asking.h"

namespace chatspec {

// On what the answers rest: silences that are not proven, and servers that remember; and what would
// have been quicker.
void remark_on_evidence(const AskingCounts& counts, std::vector<std::string>& remarks);

// Each a note in lines of so many columns.
std::string render_remarks(std::span<const std::string> remarks, std::size_t columns);

}  // namespace chatspec
