// What happened between a client and a server that were played against each other, as seen from
// between them: facts, in order.

#pragma once

#include <vector>

#include "harness/transcript/transcript.h"
#include "reference/role.h"

namespace chatspec {

using chat::Role;

// What a side did, or what became of it. Of what it said, the bytes are in kReceived; there is no
// kSent, since whatever one side says is handed to the other. Times count from when the pair's play
// began.
struct PairEvent {
  Role side = Role::kClient;
  Event event{};
};

using PairTranscript = std::vector<PairEvent>;

// Of a side: the first event of a kind, or null.
const Event* find_event(const PairTranscript& transcript, Role side, EventKind kind);

}  // namespace chatspec
