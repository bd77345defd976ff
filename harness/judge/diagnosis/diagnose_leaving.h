// What a program may have taken amiss that ends a conversation too early, and what it may not have
// looked at that begins one at all.

#pragma once

#include <vector>

#include "harness/judge/findings/finding.h"
#include "harness/script/script.h"

namespace chatspec {

// Each gives a cause that is not known where nothing suggests one.

// It left behind what it was sent last.
Cause suggest_for_leaving(const Finding& finding, const Script& script,
                          const std::vector<Event>& events);

// It went on although its arguments, or its files, are wrong.
Cause suggest_refusal(const Finding& finding, const Script& script,
                      const std::vector<Event>& events);

}  // namespace chatspec
