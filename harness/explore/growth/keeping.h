// Whether of each of many clients something is kept.

#pragma once

#include <cstdint>
#include <span>

namespace chatspec {

// What is held before the first client and after each, in whatever unit. A program may need some
// clients until it has all that it ever needs, and then hold now more and now less: so the first
// third tells nothing, and the others are looked at in four parts.
//
// Whether in each of these parts at least half of `of_each` was added for each client.
bool keeps_growing(std::span<const std::uint64_t> held, double of_each);
// How much each client added, on an average, after the first third. Negative where it became less.
double added_by_each(std::span<const std::uint64_t> held);

}  // namespace chatspec
