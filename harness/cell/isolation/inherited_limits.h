// The limits (ulimit) of this process that the programs under test inherit in every tier, and in
// which a correct one may fail.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "harness/cell/isolation/obstacle.h"

namespace chatspec {

// Every limit that is narrower than programs of some kind need.
std::vector<Obstacle> find_narrow_limits();

// Gives this process, its later threads and all that it starts the usual stack, where whoever
// started it left less than programs need and lets it be raised. Call it first. The error, where
// not even chatspec itself can work in what is left, is a sentence that says what to do.
std::expected<void, std::string> widen_stack();

}  // namespace chatspec
