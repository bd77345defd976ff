// A mark as learning platforms read it from an autograder.

#pragma once

#include <span>
#include <string_view>

#include "harness/grade/platforms/marked_submission.h"

namespace chatspec {

struct PlatformResult {
  std::string_view option;  // by which it is asked for on a command line
  std::string_view help;
  RenderedResult (*render)(const MarkedSubmission& marked);
};

// Each has an item for each part of the assignment, and where there is no mark no score, never 0.
// What is hidden is hidden by words. What a platform's rules are stands in platforms/.
std::span<const PlatformResult> list_platform_results();

}  // namespace chatspec
