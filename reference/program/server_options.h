// The command line of chat-server.

#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include <asio/ip/address.hpp>

#include "reference/profile.h"
#include "reference/server_session.h"

namespace chat {

// Options and the content of the files that they name.
struct ServerOptions {
  std::uint16_t port = 0;  // 0: one that is free
  std::vector<std::string> keys;
  Profile profile;
  std::optional<asio::ip::address> address;  // none: every one
  bool keep_serving = false;
  ServerLimits limits;
  std::chrono::milliseconds unit_pause{0};  // see Connection::Settings
  std::chrono::seconds idle_timeout{0};     // 0: none
};

// Gives the status to exit with where there is nothing to serve; errors are reported then.
std::expected<ServerOptions, int> parse_server_options(int argc, const char* const* argv);

}  // namespace chat
