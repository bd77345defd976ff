// What a conversation puts to the test with its last step.

#pragma once

#include <string>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// The requirements that the reference's answer to the last step rests on, the most specific first;
// at least one. The first one's level is that of what is asked for. There is a last step, and the
// reference does not end the conversation before it.
std::vector<std::string> find_requirements(const chat::Profile& profile,
                                           const SaidConversation& conversation);

}  // namespace chatspec
