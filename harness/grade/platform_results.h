// A mark as learning platforms read it from an autograder.

#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/grade/assignment.h"
#include "harness/grade/mark.h"
#include "harness/grade/mark_report.h"

namespace chatspec {

struct MarkedSubmission {
  const Assignment& assignment;
  const Mark& mark;
  const HidesCase& hides;
  std::chrono::sys_seconds now{};
  // What the platform says of the submission, in variables of the environment.
  std::function<std::optional<std::string>(const std::string& name)> variable{};
};

struct PlatformResult {
  std::string_view option;  // by which it is asked for on a command line
  std::string_view help;
  // The file's text; nothing where the platform has no way to say that there is no mark. The error
  // is a sentence without a full stop.
  std::expected<std::optional<std::string>, std::string> (*render)(const MarkedSubmission& marked);
};

// Each has an item for each part of the assignment, and where there is no mark no score, never 0.
// What is hidden is hidden by words. What a platform's rules are stands in platforms/.
std::span<const PlatformResult> list_platform_results();

}  // namespace chatspec
