// Whether how TCP cut what was sent may be why a step was not met. TCP is a stream, and whoever
// takes what one recv() returns for one line, or for one text, goes wrong where a unit comes in
// several segments, or several units in one. What a program calls cannot be seen, so this asks.

#pragma once

#include "harness/judge/findings/cause.h"
#include "harness/judge/findings/finding.h"
#include "harness/script/script.h"

namespace chatspec {

// Of a finding that is about a connection. Goes by what was sent on it since something was last
// expected there. The cause is not known where each unit came in a segment of its own, and a text
// with its terminator in one, or where something else may as well be why.
Cause suggest_segments(const Script& script, const Finding& finding);

}  // namespace chatspec
