#include "harness/cell/process/server_search.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/socket.h>

namespace chatspec {
namespace {

constexpr std::size_t kMostNamed = 8;  // of the addresses on which it listens

// An address of another interface is not what the client side of a scenario was told to connect to.
bool is_within_reach(const Address& address) {
  return address.is_wildcard() || address.is_loopback();
}

bool holds(const std::vector<ino_t>& sorted, ino_t inode) {
  return std::ranges::binary_search(sorted, inode);
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
  const auto ours = processes_.open_sockets();
  const auto listening = sockets_.listening();
  if (!ours || !listening) return {};
  std::vector<std::string> addresses;
  std::size_t more = 0;
  for (const ListeningSocket& socket : *listening) {
    if (!holds(*ours, socket.inode)) continue;
    if (addresses.size() < kMostNamed)
      addresses.push_back(socket.address.to_string());
    else
      ++more;
  }
  std::string all = fmt::format("{}", fmt::join(addresses, ", "));
  if (more > 0) all += fmt::format(" and {} more", more);
  return all;
}

}  // namespace chatspec
