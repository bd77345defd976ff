// The command line of chat-client.

#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "reference/profile.h"

namespace chat {

// Options and the content of the files that they name. There are as many signatures as messages.
struct ClientOptions {
  std::string server;
  std::uint16_t port = 0;
  std::vector<std::string> messages;
  std::vector<std::string> signatures;
  Profile profile;
  std::chrono::milliseconds unit_pause{0};  // see Connection::Settings
  std::chrono::seconds idle_timeout{0};     // 0: none
};

// Gives the status to exit with where there is nothing to ask a server; errors are reported then.
std::expected<ClientOptions, int> parse_client_options(int argc, const char* const* argv);

}  // namespace chat
