// All submissions in one page, for whoever grades: how they came out, and what they have in common.

#pragma once

#include <span>
#include <string>

#include "harness/grade/assignment.h"
#include "harness/grade/score.h"

namespace chatspec {

// A page that needs no other file but, where it leads to them, those of the students, which lie in
// `students/` beside it.
std::string render_class_page(const Assignment& assignment, std::span<const Score> scores);

}  // namespace chatspec
