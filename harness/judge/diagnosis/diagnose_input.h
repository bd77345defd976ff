// What a program's standard input may have to do with its end. It is empty: whoever reads it meets
// its end at once. A program may wait for a key to be stopped, or ask for what stands on its
// command line. That cannot be seen from outside, so this is a hint, and only where nothing else
// explains what happened.

#pragma once

#include <vector>

#include "harness/judge/findings/finding.h"

namespace chatspec {

// The cause, which is not known where nothing suggests it.
Cause suggest_standard_input(const Finding& finding, const std::vector<Event>& events);

}  // namespace chatspec
