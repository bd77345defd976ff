// What a program that does nothing more was seen doing, and what that suggests.

#pragma once

#include <string>
#include <vector>

#include "harness/judge/findings/finding.h"
#include "harness/script/script.h"

namespace chatspec {

// Of what we sent on the connection, the last that the program has read and what it has not, as a
// clause for people: "it has read `DATA` and not the 8 bytes behind it: \"hello\\n.\"". "" where it
// has read everything, or where that was not seen.
std::string describe_unread(const Event& quiet, const std::vector<Event>& events);

// The cause, which is not known where nothing was seen that suggests one. `finding` has the
// evidence.
Cause suggest_for_silence(const Finding& finding, const Script& script,
                          const std::vector<Event>& events);

}  // namespace chatspec
