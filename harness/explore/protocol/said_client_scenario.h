// A conversation that shows something of a client, as a scenario that everybody can play.

#pragma once

#include <span>
#include <string>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/said_scenario.h"
#include "reference/profile.h"

namespace chatspec {

// The same as write_said_scenario() of what a server says to a client; `conversation` is that of a
// plan (plan_client_conversation), and `signatures` are those of the client's file. Where one of
// them is said almost, they are written down; else those that the suite makes do as well.
std::string write_client_scenario(const chat::Profile& profile,
                                  std::span<const std::string> signatures,
                                  const SaidConversation& conversation, const SaidScenario& around);

}  // namespace chatspec
