// What the runs of a submission say of each requirement.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "harness/grade/settled_run.h"

namespace chatspec {

// The graver ones come later: of several, the last holds.
enum class RequirementOutcome : std::uint8_t { kUnknown, kMet, kDeviates, kBroken };

// By their ids ("SIG-1").
using RequirementOutcomes = std::map<std::string, RequirementOutcome>;

// A requirement is met where a case that covers it passes. Of a case that fails, only that says
// something by which its mistake is called (requirement_of() of roots.h): whether the others are
// met was not seen. One whose cases were not played is unknown. Of a submission with both roles a
// requirement that binds both has what is worse.
RequirementOutcomes find_requirement_outcomes(std::span<const SettledRun> runs);

}  // namespace chatspec
