// Why what is no right unit in its place may be taken for one: what kind of comparison takes it.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/judge/findings/cause.h"
#include "harness/script/script.h"

namespace chatspec {

// The units that are right where this step of the script sends something, without line ends; none
// where that is not known.
std::vector<std::string> list_right_units(const Script& script, std::size_t sent_at);

// The program was to close the connection at this step, over the unit that it was sent before, and
// did not: `answer`, without its line end, came instead, or it reads on without a word. Not known
// where the answer is none to what was due in that unit's place, or where silence says nothing.
Cause diagnose_violation(const Script& script, std::size_t step, std::string_view answer);

}  // namespace chatspec
