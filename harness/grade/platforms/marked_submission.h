// What every platform is told of a submission, and what comes of it.

#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <string>

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

// The text of the platform's file; nothing where it has no way to say that there is no mark. The
// error is a sentence without a full stop.
using RenderedResult = std::expected<std::optional<std::string>, std::string>;

}  // namespace chatspec
