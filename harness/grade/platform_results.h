// A mark as learning platforms read it from an autograder.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/grade/assignment.h"
#include "harness/grade/mark.h"
#include "harness/grade/mark_report.h"

namespace chatspec {

struct PlatformResult {
  std::string_view option;  // by which it is asked for on a command line
  std::string_view help;
  // The file's text; nothing where the platform has no way to say that there is no mark.
  std::optional<std::string> (*render)(const Assignment& assignment, const Mark& mark,
                                       const HidesCase& hides);
};

// Gradescope's results.json: an item for each part, all visible. What is hidden is hidden by words:
//   an item that is not visible would hide the total, too. Without a mark there is no score, which
//   Gradescope shows as a failed autograder, and not as 0.
// PrairieLearn's results.json: a score from 0 to 1; without a mark it is not gradable. It is far
//   below the megabyte that may be read.
// Autolab's last line: the score of each part, as the problems of the assessment are to be called;
//   nothing without a mark.
std::span<const PlatformResult> list_platform_results();

}  // namespace chatspec
