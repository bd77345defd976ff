// What a program does once and not again: the first message of a connection, or the first
// connection, goes well, and the next does not. Then something may be kept from one to the next, or
// it stops after the first.

#pragma once

#include <vector>

#include "harness/judge/findings/finding.h"
#include "harness/script/script.h"

namespace chatspec {

// The cause, which is not known where what went wrong is not what went well before, or where the
// difference between the two (another text) may be the reason.
Cause suggest_repetition(const Finding& finding, const Script& script,
                         const std::vector<Event>& events);

}  // namespace chatspec
