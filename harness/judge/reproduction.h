// A failure without chatspec: a line for a shell that shows the same.

#pragma once

#include <string>
#include <string_view>

#include "harness/scenario/script.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// What was sent, segment by segment, as a command with printf and nc; "" where that would be too
// long, or where more than bytes matter: several connections, or none. `server` is where a server
// under test is, as nc takes it: "HOST PORT".
std::string make_reproduction(const Script& script, const Transcript& transcript,
                              std::string_view server);

}  // namespace chatspec
