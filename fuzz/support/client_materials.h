// What the client of every target holds.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace chatspec::fuzz {

std::span<const std::string> client_messages();
// As server_keys() sign them, but for the last, which is another message's.
std::span<const std::string> client_signatures();
// The lines of a message as they are sent, written down and not computed.
std::string_view client_wire(std::size_t message);

}  // namespace chatspec::fuzz
