// How the work of a program grows with its input: for people, and for programs.

#pragma once

#include <optional>
#include <span>
#include <string>

#include "harness/explore/exploration_title.h"
#include "harness/explore/growth/growth.h"

namespace chatspec {

// "  dots in one line          65,536    0.340 s     4.1", a line with its line end.
std::string render_grown(const Grown& grown);
// What stands above those lines.
std::string render_growth_heading();
// What is to be said when all were watched: the curve of each that grows faster than its input, why
// others could not be made larger, and a sentence about all.
std::string render_growth(std::span<const Grown> all);
// One object.
std::string render_growth_json(std::span<const Grown> all, const ExplorationTitle& title);

}  // namespace chatspec
