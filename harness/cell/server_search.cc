#include "harness/cell/server_search.h"

#include <algorithm>
#include <vector>

#include <sys/socket.h>

namespace chatspec {
namespace {

// An address of another interface is not what the client side of a scenario was told to connect to.
bool is_within_reach(const Address& address) {
  return address.is_wildcard() || address.is_loopback();
}

bool holds(const std::vector<ino_t>& inodes, ino_t inode) {
  return std::ranges::find(inodes, inode) != inodes.end();
}

}  // namespace

bool ServerSearch::is_ours(const ListeningSocket& socket) const {
  return has_own_network_ || holds(processes_.open_sockets(), socket.inode);
}

std::optional<Address> ServerSearch::find() {
  for (const int family : {AF_INET, AF_INET6}) {
    const auto found = sockets_.listener(Address::loopback(family, port_));
    if (found && is_ours(*found)) return found->address;
  }
  return std::nullopt;
}

std::optional<Address> ServerSearch::find_elsewhere() {
  for (const auto& socket : sockets_.listening(port_).value_or(std::vector<ListeningSocket>{})) {
    if (is_within_reach(socket.address) && is_ours(socket)) return socket.address;
  }
  return std::nullopt;
}

std::string ServerSearch::list_all() {
  std::string all;
  const std::vector<ino_t> ours = processes_.open_sockets();
  for (const auto& socket : sockets_.listening().value_or(std::vector<ListeningSocket>{})) {
    if (!holds(ours, socket.inode)) continue;
    all += (all.empty() ? "" : ", ") + socket.address.to_string();
  }
  return all;
}

}  // namespace chatspec
