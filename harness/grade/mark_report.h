// A mark for people, on a terminal.

#pragma once

#include <string>

#include "harness/grade/assignment.h"
#include "harness/grade/mark.h"

namespace chatspec {

// The parts with what each earned, the mistakes with what each costs, the requirement and the case
// that shows it best, and the total; or why there is none. For whoever grades: nothing is hidden.
std::string render_mark(const Assignment& assignment, const Mark& mark);

}  // namespace chatspec
