// What is said, without what makes no difference of kind: "HELLO", "a line with odd bytes, cut".

#pragma once

#include <string>
#include <string_view>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// Two steps of one shape are likely to show the same of a server. In one line of printable ASCII,
// for programs rather than for people.
std::string shape_of(const chat::Profile& profile, const Said& step);
std::string shape_of(const chat::Profile& profile, const SaidConversation& conversation);

}  // namespace chatspec
