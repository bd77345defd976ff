// A conversation that shows something of a server, as a scenario that everybody can play.

#pragma once

#include <string>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/said_words.h"
#include "reference/profile.h"

namespace chatspec {

// The source of a scenario that says these steps, and whose last expectation is what the protocol
// answers to the last of them. Where the connection stays open then, it must. It is written in the
// words of `line`, as every scenario is, and says the same bytes when it is played in `profile`,
// which has line ends. There is a last step, and the reference does not end the conversation before
// it. `conversation.keys` is 0 where there are as many keys as are needed.
std::string write_said_scenario(const chat::Profile& profile, const SaidConversation& conversation,
                                const SaidScenario& around);

}  // namespace chatspec
