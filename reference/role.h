// The two sides of a conversation.

#pragma once

#include <optional>
#include <string_view>

namespace chat {

enum class Role { kServer, kClient };

constexpr Role other(Role role) {
  return role == Role::kServer ? Role::kClient : Role::kServer;
}

// "server" or "client".
constexpr std::string_view to_string(Role role) {
  return role == Role::kServer ? "server" : "client";
}

// The inverse; nothing for any other word.
constexpr std::optional<Role> parse_role(std::string_view word) {
  if (word == to_string(Role::kServer)) return Role::kServer;
  if (word == to_string(Role::kClient)) return Role::kClient;
  return std::nullopt;
}

// None, one or both of them.
struct Roles {
  bool server = false;
  bool client = false;

  constexpr bool has(Role role) const { return role == Role::kServer ? server : client; }
  friend bool operator==(const Roles&, const Roles&) = default;
};

// Whether there is one that is among both.
constexpr bool overlap(Roles one, Roles another) {
  return (one.server && another.server) || (one.client && another.client);
}

// "server", "client", "both" or "nobody".
constexpr std::string_view to_string(Roles roles) {
  if (roles.server && roles.client) return "both";
  return roles.server ? "server" : roles.client ? "client" : "nobody";
}

}  // namespace chat
