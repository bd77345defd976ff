// How often a case is played, and what came of each time.

#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "harness/judge/findings/verdict.h"

namespace chatspec {

// How often a case is played: `times`, but where `until_failure` not after it did not pass; and
// where it does not pass then, up to `retries` times more, until it does.
struct Repetition {
  std::size_t times = 1;  // at least 1
  bool until_failure = false;
  std::size_t retries = 0;
};

// One play among several of the same case.
struct Attempt {
  Verdict verdict = Verdict::kPass;
  std::optional<FailureCode> code{};  // of a failure
  std::chrono::nanoseconds duration{};

  bool operator==(const Attempt&) const = default;
};

}  // namespace chatspec
