// What came of a case that was played several times, for people.

#pragma once

#include <cstddef>
#include <string>

#include "harness/report/log/record.h"

namespace chatspec {

// How often the case was played, how often it failed then, and how often that could not be judged.
struct PlayCounts {
  std::size_t plays = 0;
  std::size_t failed = 0;
  std::size_t unjudged = 0;

  bool is_flaky() const { return failed > 0 && failed + unjudged < plays; }
};

PlayCounts count_plays(const CaseRecord& record);

// "flaky: failed in 3 of 20 plays (wrong-signature 2, no-answer 1)"; "" of a case that was played
// once.
std::string describe_attempts(const CaseRecord& record);

}  // namespace chatspec
