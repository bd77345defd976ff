// What a conversation puts to the test with its last step.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/answer.h"
#include "reference/profile.h"

namespace chatspec {

// The requirements that the reference's answer to the last step rests on, the most specific first;
// at least one. The first one's level is that of what is asked for. There is a last step, and the
// reference does not end the conversation before it. `missed`: the part of that answer that is not
// met, if not all of it is asked for: what breaks the protocol at the end of a segment is not to
// blame where a command before it is not answered.
std::vector<std::string> find_requirements(const chat::Profile& profile,
                                           const SaidConversation& conversation,
                                           std::string_view missed = kClosedAnswer);

}  // namespace chatspec
