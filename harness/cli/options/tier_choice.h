// Which tier implementations live in during a run: the one that was asked for, or the best that
// this machine offers.

#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "harness/cell/isolation/isolation.h"

namespace chatspec {

// What `--isolation` takes besides the names of tiers: the best that needs no decision of the user.
inline constexpr std::string_view kAutomatic = "auto";

struct TierChoice {
  CellPlan plan;
  std::string note{};  // what is missing of the best, and why; may be empty
};

// Tries the tier out, with cells that are otherwise made as the plan says. The error is a sentence
// that says why it cannot be had, and what to do.
std::expected<TierChoice, std::string> choose_tier(std::string_view wanted, CellPlan plan);

}  // namespace chatspec
