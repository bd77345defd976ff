// For tests: scripts of scenarios that are written in the test.

#pragma once

#include <cstddef>
#include <string_view>

#include "harness/script/script.h"

namespace chatspec {

// Of a scenario for the role that has these lines below its first ones: its messages, keys and
// files, an empty line, and the transcript.
Script script_of(Role role, std::string_view lines, std::string_view profile = "line");

// The last step that expects something of a connection; there is one.
std::size_t last_expectation(const Script& script);

}  // namespace chatspec
