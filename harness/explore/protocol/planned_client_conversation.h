// What a server is going to say, with what the reference client does then.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/planned_conversation.h"
#include "reference/profile.h"

namespace chatspec {

// The first step says nothing, since a client begins by itself; and there is a message at least,
// and no more than there are signatures. No step stands after one with which the conversation is
// over.
PlannedConversation plan_client_conversation(const chat::Profile& profile,
                                             std::span<const std::string> signatures,
                                             SaidConversation said);

// What the answer to the last step of such a plan rests on, the most specific first; at least one.
std::vector<std::string> find_client_requirements(const chat::Profile& profile,
                                                  std::span<const std::string> signatures,
                                                  const SaidConversation& said);

}  // namespace chatspec
