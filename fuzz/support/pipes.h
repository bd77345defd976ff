// A reference client and a reference server in one process, with nothing but memory between them.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/client_session.h"
#include "reference/profile.h"

namespace chatspec::fuzz {

struct Meeting {
  bool ended = false;  // both have finished, and nothing is left in between
  std::string client_violation;
  std::string server_violation;
  std::vector<chat::Outcome> outcomes;
};

// Lets both talk, the server with server_keys(), until they end or neither can go on. Each byte of
// `schedule`, read again and again, says who runs next and how many bytes it sends and receives.
// In a profile without line ends a unit is what one send carried, so there whole units move, one at
// a time.
Meeting let_talk(const chat::Profile& profile, std::span<const std::string> messages,
                 std::span<const std::string> signatures, std::string_view schedule);

}  // namespace chatspec::fuzz
