// Conversations to begin with where a client is spoken to.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

// The way on which all is well, with ever more messages, and delivered in other ways: as much at a
// time as a client may be sent, byte by byte, with CR LF; with wrong signatures; and with unusual
// messages.
std::vector<SaidConversation> make_client_happy_seeds(const chat::Profile& profile);
// What breaks off or goes wrong in each state: a wrong reply, a part of one, an end; and a message
// of more than a megabyte (LIMIT-2).
std::vector<SaidConversation> make_client_edge_seeds(const chat::Profile& profile);

// What a server says to a client with these messages, of which there are no more than
// kMostSaidMessages: the signatures of its file, or each time another of them.
SaidConversation say_to_client(const chat::Profile& profile, std::span<const std::string> messages,
                               bool is_right = true);

// That with the messages of a file; nothing where there are none, too many or too long ones, or a
// CR, of which nobody says whether it is the half of a line end.
std::vector<SaidConversation> make_message_seeds(const chat::Profile& profile,
                                                 std::span<const std::string> messages);

}  // namespace chatspec
