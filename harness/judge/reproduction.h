// A failure without chatspec: lines for a shell that show the same.

#pragma once

#include <string>
#include <string_view>

#include "harness/script/script.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// What was sent, segment by segment, as a command with printf and nc; "" where that would be too
// long, or where more than bytes matter: several connections, or none. Above it, a line for each
// file that the program was given and that matters, unless it is long. `remote` is where a server
// runs already, as nc takes it: "HOST PORT"; "" where whoever tries it starts the program.
std::string make_reproduction(const Script& script, const Transcript& transcript,
                              std::string_view remote);

}  // namespace chatspec
