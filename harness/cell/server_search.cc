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

Reading<bool> ServerSearch::is_ours(const ListeningSocket& socket) const {
  if (has_own_network_) return true;
  const auto open = processes_.open_sockets();
  if (!open) return std::unexpected(open.error());
  return holds(*open, socket.inode);
}

Reading<std::optional<Address>> ServerSearch::find() {
  for (const int family : {AF_INET, AF_INET6}) {
    const auto found = sockets_.listener(Address::loopback(family, port_));
    if (!found) return std::unexpected(found.error());
    if (!*found) continue;
    const auto ours = is_ours(**found);
    if (!ours) return std::unexpected(ours.error());
    if (*ours) return (*found)->address;
  }
  return std::nullopt;
}

Reading<std::optional<Address>> ServerSearch::find_elsewhere() {
  const auto listening = sockets_.listening(port_);
  if (!listening) return std::unexpected(listening.error());
  for (const ListeningSocket& socket : *listening) {
    if (!is_within_reach(socket.address)) continue;
    const auto ours = is_ours(socket);
    if (!ours) return std::unexpected(ours.error());
    if (*ours) return socket.address;
  }
  return std::nullopt;
}

std::string ServerSearch::list_all() {
  std::string all;
  const auto ours = processes_.open_sockets();
  const auto listening = sockets_.listening();
  if (!ours || !listening) return all;
  for (const ListeningSocket& socket : *listening) {
    if (!holds(*ours, socket.inode)) continue;
    all += (all.empty() ? "" : ", ") + socket.address.to_string();
  }
  return all;
}

}  // namespace chatspec
