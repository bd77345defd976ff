// What a program's standard input may have to do with its end. It is empty: whoever reads it meets
// its end at once. A program may wait for a key to be stopped, or ask for what stands on its
// command line. That cannot be seen from outside, so this is a hint, and only where nothing else
// explains what happened.

#pragma once

#include <string>
#include <vector>

#include "harness/judge/judge.h"

namespace chatspec {

// A sentence without a full stop, or "" where nothing suggests it.
std::string suggest_standard_input(const Finding& finding, const std::vector<Event>& events);

}  // namespace chatspec
