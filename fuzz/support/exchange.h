// One conversation of the reference server with a client's bytes.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/cuts.h"
#include "reference/profile.h"
#include "reference/server_session.h"

namespace chatspec::fuzz {

// The keys of every target that serves: few enough that a stream can run out of them.
std::span<const std::string> server_keys();

// The profile that targets speak unless they are about profiles.
const chat::Profile& line_profile();

// Everything that an onlooker can tell of a conversation.
struct Exchange {
  std::string sent;
  std::string seen;  // as the sink was given it, each unit with LF
  chat::ServerSession::State state = chat::ServerSession::State::kGreeting;
  std::string violation;
};

// Gives the session the stream in pieces and collects its answers. In a profile without line ends
// `sent` has `|` after each unit, and the pieces are part of the meaning.
Exchange serve(const chat::Profile& profile, std::span<const std::string> keys,
               std::string_view stream, Cuts::Way way);

}  // namespace chatspec::fuzz
