// One case played several times, since what a program does may not be the same every time.

#pragma once

#include <functional>

#include "harness/runs/case_result.h"
#include "harness/runs/repetition.h"

namespace chatspec {

// Plays a case as often as is asked for, and as long as `may_go_on`. The result is that of the
// first play that failed, or else of the first that deviates, or else of one that passed; trouble
// of our own counts only where there is nothing else. Of several plays it has the list.
CaseResult play_attempts(const Repetition& repetition, const std::function<CaseResult()>& play,
                         const std::function<bool()>& may_go_on);

}  // namespace chatspec
