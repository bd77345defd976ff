// In which language a submission is written, as far as its files' names tell.

#pragma once

#include <expected>
#include <string>
#include <vector>

#include "harness/grade/assignment.h"

namespace chatspec {

// The first of the assignment's recipes of which each pattern of `when` fits a name; null where
// there is none. Borrows the assignment.
const Recipe* find_recipe(const Assignment& assignment, const std::vector<std::string>& names);

// The same; the error says what was looked for and what there is, in a sentence without a full
// stop.
std::expected<const Recipe*, std::string> choose_recipe(const Assignment& assignment,
                                                        const std::vector<std::string>& names);

}  // namespace chatspec
