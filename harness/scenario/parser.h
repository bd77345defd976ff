// Text -> scenario. Reads line by line; a line that is wrong is reported and left out, so that one
// reading reports all mistakes. Never fails otherwise, whatever the text is. What the parts mean
// together is check.h's to say.

#pragma once

#include <string_view>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

struct Parsed {
  Scenario scenario;        // complete only if there are no diagnostics
  Diagnostics diagnostics;  // sorted
};

// A source larger than this is refused as a whole.
inline constexpr std::size_t kMaxSourceBytes = std::size_t{16} << 20;

Parsed parse_scenario(std::string_view source);

}  // namespace chatspec
