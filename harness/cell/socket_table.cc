#include "harness/cell/socket_table.h"

#include <array>
#include <cstring>
#include <functional>
#include <span>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>

namespace chatspec {
namespace {

struct Request {
  nlmsghdr header;
  inet_diag_req_v2 body;
};

Request make_request(int family, std::uint16_t flags, std::uint32_t sequence) {
  Request request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
  request.header.nlmsg_seq = sequence;
  request.body.sdiag_family = static_cast<std::uint8_t>(family);
  request.body.sdiag_protocol = IPPROTO_TCP;
  request.body.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  request.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return request;
}

enum class Reply { kMore, kDone, kRefused };

// Reads the messages of one datagram. Messages of earlier requests that were given up are passed
// over.
Reply read_datagram(std::span<const char> datagram, std::uint32_t sequence,
                    const std::function<void(const inet_diag_msg&)>& take) {
  while (datagram.size() >= sizeof(nlmsghdr)) {
    nlmsghdr header{};
    std::memcpy(&header, datagram.data(), sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > datagram.size()) break;
    if (header.nlmsg_seq == sequence) {
      if (header.nlmsg_type == NLMSG_DONE) return Reply::kDone;
      if (header.nlmsg_type == NLMSG_ERROR) return Reply::kRefused;
      inet_diag_msg message{};
      if (header.nlmsg_len >= sizeof header + sizeof message) {
        std::memcpy(&message, datagram.data() + sizeof header, sizeof message);
        take(message);
      }
      if (!(header.nlmsg_flags & NLM_F_MULTI)) return Reply::kDone;
    }
    const std::size_t aligned = (header.nlmsg_len + std::size_t{3}) & ~std::size_t{3};
    datagram = datagram.subspan(std::min(aligned, datagram.size()));
  }
  return Reply::kMore;
}

// Gives whether the kernel answered to the end. It makes its answers within our calls, so nothing
// here can block.
bool ask(int netlink, const Request& request,
         const std::function<void(const inet_diag_msg&)>& take) {
  if (::send(netlink, &request, sizeof request, MSG_DONTWAIT) < 0) return false;
  alignas(nlmsghdr) std::array<char, 32768> buffer{};
  while (true) {
    const ssize_t size = recv(netlink, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size <= 0) return false;
    const auto reply = read_datagram({buffer.data(), static_cast<std::size_t>(size)},
                                     request.header.nlmsg_seq, take);
    if (reply != Reply::kMore) return reply == Reply::kDone;
  }
}

Address address_of(const inet_diag_msg& message) {
  const std::uint16_t port = ntohs(message.id.idiag_sport);
  if (message.idiag_family == AF_INET) return Address::ipv4({message.id.idiag_src[0]}, port);
  in6_addr address{};
  std::memcpy(&address, message.id.idiag_src, sizeof address);
  return Address::ipv6(address, port);
}

}  // namespace

SocketTable::SocketTable()
    : netlink_(socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)) {}

std::optional<std::vector<ListeningSocket>> SocketTable::listening(std::uint16_t port) {
  std::vector<ListeningSocket> found;
  bool answered = false;
  for (const int family : {AF_INET, AF_INET6}) {
    Request request = make_request(family, NLM_F_DUMP, ++sequence_);
    request.body.idiag_states = 1U << TCP_LISTEN;
    request.body.id.idiag_sport = htons(port);
    answered |= ask(netlink_.get(), request, [&](const inet_diag_msg& message) {
      // Asked for IPv4, some kernels list IPv6 sockets too.
      if (message.idiag_family != family) return;
      if (port != 0 && ntohs(message.id.idiag_sport) != port) return;
      found.push_back({address_of(message), message.idiag_inode});
    });
  }
  if (!answered) return std::nullopt;
  return found;
}

std::optional<SocketEnd> SocketTable::find(const Address& local, const Address& remote) {
  const Address source = local.unmapped();
  const Address destination = remote.unmapped();
  Request request = make_request(source.family(), 0, ++sequence_);
  request.body.idiag_states = ~0U;
  inet_diag_sockid& id = request.body.id;
  const in6_addr raw_source = source.raw();
  const in6_addr raw_destination = destination.raw();
  std::memcpy(id.idiag_src, &raw_source, sizeof raw_source);
  std::memcpy(id.idiag_dst, &raw_destination, sizeof raw_destination);
  id.idiag_sport = htons(source.port());
  id.idiag_dport = htons(destination.port());

  std::optional<SocketEnd> found;
  ask(netlink_.get(), request, [&](const inet_diag_msg& message) {
    // Where no connection matches, the kernel gives the listening socket of the port instead.
    if (message.idiag_state == TCP_LISTEN || message.id.idiag_dport != id.idiag_dport) return;
    found = SocketEnd{message.idiag_state, message.idiag_rqueue, message.idiag_inode};
  });
  return found;
}

}  // namespace chatspec
