// Conversations to begin with.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// The way on which all is well, with ever more messages, and delivered in other ways: all at once,
// byte by byte, with CR LF; and with as many messages as keys, and more. Servers have `keys` keys.
std::vector<SaidConversation> make_happy_seeds(const chat::Profile& profile, std::size_t keys);
// One message of more than a megabyte (LIMIT-2).
SaidConversation make_large_seed(const chat::Profile& profile, std::size_t keys);
// What leads along each edge of the protocol's state machine, shortest first.
std::vector<SaidConversation> make_edge_seeds(const chat::Profile& profile, std::size_t keys);

// A client's bytes as a patient client says them; nothing where there are none, or too many.
std::vector<SaidConversation> make_byte_seeds(const chat::Profile& profile, std::string_view bytes,
                                              std::size_t keys);

}  // namespace chatspec
