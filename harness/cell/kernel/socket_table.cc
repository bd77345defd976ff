// A request is one netlink message, its answer one or many, until the kernel says that it is done;
// an answer to another request, which an interrupted reading has left behind, is passed over by its
// number. A single connection is looked up by its addresses, which costs the same however many
// sockets there are; listening sockets are listed.

#include "harness/cell/kernel/socket_table.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <span>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/unix_diag.h>

namespace chatspec {
namespace {

// The states of TCP sockets that matter here, as the kernel numbers them
// (include/net/tcp_states.h).
constexpr int kEstablished = 1;
constexpr int kSynSent = 2;
constexpr int kSynReceived = 3;
constexpr int kFinWait1 = 4;
constexpr int kFinWait2 = 5;
constexpr int kTimeWait = 6;
constexpr int kClosed = 7;
constexpr int kCloseWait = 8;
constexpr int kListen = 10;
constexpr int kNewSynReceived = 12;

template <typename Body>
struct RequestOf {
  nlmsghdr header;
  Body body;
};
using Request = RequestOf<inet_diag_req_v2>;

template <typename AnyRequest>
AnyRequest make_any_request(std::uint16_t flags, std::uint32_t sequence) {
  AnyRequest request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
  request.header.nlmsg_seq = sequence;
  return request;
}

Request make_request(int family, std::uint16_t flags, std::uint32_t sequence) {
  Request request = make_any_request<Request>(flags, sequence);
  request.body.sdiag_family = static_cast<std::uint8_t>(family);
  request.body.sdiag_protocol = IPPROTO_TCP;
  request.body.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  request.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return request;
}

// For the one socket that takes what comes from `remote` to `local`; in one family.
Request make_lookup(const Address& local, const Address& remote, std::uint32_t sequence) {
  Request request = make_request(local.family(), 0, sequence);
  inet_diag_sockid& id = request.body.id;
  const in6_addr source = local.raw();
  const in6_addr destination = remote.raw();
  std::memcpy(id.idiag_src, &source, sizeof source);
  std::memcpy(id.idiag_dst, &destination, sizeof destination);
  id.idiag_sport = htons(local.port());
  id.idiag_dport = htons(remote.port());
  return request;
}

// As the kernel lists them (linux/sock_diag.h).
using SocketMemory = std::array<std::uint32_t, SK_MEMINFO_VARS>;

std::uint64_t memory_of(const SocketMemory& memory) {
  return std::uint64_t{memory[SK_MEMINFO_RMEM_ALLOC]} + memory[SK_MEMINFO_WMEM_QUEUED] +
         memory[SK_MEMINFO_BACKLOG];
}

// How far an answer has come: it goes on, or ends well, or with what the kernel refused it for.
struct Reply {
  enum class Kind { kMore, kDone, kRefused };
  Kind kind = Kind::kMore;
  int error = 0;
};

// The body of one message, and the attributes behind it.
using Take = std::function<void(std::span<const char>)>;

// The content of an attribute, as far as the kernel gave it; of what it did not give, zeros.
template <typename Content>
std::optional<Content> find_attribute(std::span<const char> attributes, int type) {
  while (attributes.size() >= sizeof(rtattr)) {
    rtattr header{};
    std::memcpy(&header, attributes.data(), sizeof header);
    if (header.rta_len < sizeof header || header.rta_len > attributes.size()) break;
    if (header.rta_type == type) {
      Content content{};
      std::memcpy(&content, attributes.data() + sizeof header,
                  std::min<std::size_t>(sizeof content, header.rta_len - sizeof header));
      return content;
    }
    attributes =
        attributes.subspan(std::min<std::size_t>(RTA_ALIGN(header.rta_len), attributes.size()));
  }
  return std::nullopt;
}

// Reads a message's body into `Body`, and calls `use` with it and its attributes.
template <typename Body, typename Use>
Take as(Use use) {
  return [use](std::span<const char> message) {
    Body body{};
    if (message.size() < sizeof body) return;
    std::memcpy(&body, message.data(), sizeof body);
    use(body, message.subspan(std::min(NLMSG_ALIGN(sizeof body), message.size())));
  };
}

Reply refusal(std::span<const char> message) {
  int error = -EPROTO;
  if (message.size() >= sizeof error) std::memcpy(&error, message.data(), sizeof error);
  return {.kind = Reply::Kind::kRefused, .error = -error};
}

// Reads the messages of one datagram. Messages of earlier requests that were given up are passed
// over.
Reply read_datagram(std::span<const char> datagram, std::uint32_t sequence, const Take& take) {
  while (datagram.size() >= sizeof(nlmsghdr)) {
    nlmsghdr header{};
    std::memcpy(&header, datagram.data(), sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > datagram.size()) break;
    if (header.nlmsg_seq == sequence) {
      if (header.nlmsg_type == NLMSG_DONE) return {.kind = Reply::Kind::kDone};
      if (header.nlmsg_type == NLMSG_ERROR) return refusal(datagram.subspan(sizeof header));
      take(datagram.subspan(sizeof header, header.nlmsg_len - sizeof header));
      if (!(header.nlmsg_flags & NLM_F_MULTI)) return {.kind = Reply::Kind::kDone};
    }
    const std::size_t aligned = (header.nlmsg_len + std::size_t{3}) & ~std::size_t{3};
    datagram = datagram.subspan(std::min(aligned, datagram.size()));
  }
  return {};
}

// Asks, and gives whether the kernel has what was asked for; what it says goes to `take`. It makes
// its answers within our calls, so nothing here can block.
template <typename AnyRequest>
Reading<bool> ask(int netlink, const AnyRequest& request, const Take& take) {
  constexpr const char* kTable = "the table of sockets (NETLINK_SOCK_DIAG)";
  if (is_faulted(KernelPlace::kAskForSockets) ||
      ::send(netlink, &request, sizeof request, MSG_DONTWAIT) < 0) {
    return unread(kTable, errno);
  }
  alignas(nlmsghdr) std::array<char, 32768> buffer;
  while (true) {
    const bool fails = is_faulted(KernelPlace::kSocketsAnswer);
    // With MSG_TRUNC the size is that of the whole, also where there is no room for it.
    const ssize_t size =
        fails ? -1 : recv(netlink, buffer.data(), buffer.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (size <= 0) return unread(kTable, size < 0 ? errno : EIO);
    if (static_cast<std::size_t>(size) > buffer.size()) return unread(kTable, EMSGSIZE);
    const Reply reply = read_datagram({buffer.data(), static_cast<std::size_t>(size)},
                                      request.header.nlmsg_seq, take);
    if (reply.kind == Reply::Kind::kDone) return true;
    if (reply.kind == Reply::Kind::kMore) continue;
    if (reply.error == ENOENT) return false;
    return unread(kTable, reply.error);
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

Reading<std::vector<ListeningSocket>> SocketTable::listening(std::uint16_t port) {
  std::vector<ListeningSocket> found;
  for (const int family : {AF_INET, AF_INET6}) {
    Request request = make_request(family, NLM_F_DUMP, ++sequence_);
    request.body.idiag_states = 1U << kListen;
    request.body.id.idiag_sport = htons(port);
    const auto take = [&](const inet_diag_msg& message, std::span<const char>) {
      // Asked for IPv4, some kernels list IPv6 sockets too.
      if (message.idiag_family != family) return;
      if (port != 0 && ntohs(message.id.idiag_sport) != port) return;
      found.push_back({address_of(message), message.idiag_inode});
    };
    const auto answered = ask(netlink_.get(), request, as<inet_diag_msg>(take));
    if (!answered) return std::unexpected(answered.error());
    if (!*answered) return unread("the table of sockets: its module is missing", ENOENT);
  }
  return found;
}

Reading<std::optional<ListeningSocket>> SocketTable::listener(const Address& address) {
  // From port 0 nothing comes, so that no connection matches.
  const Request request = make_lookup(address, Address::loopback(address.family(), 0), ++sequence_);
  std::optional<ListeningSocket> found;
  const auto take = [&](const inet_diag_msg& message, std::span<const char>) {
    if (message.idiag_state == kListen) found = {address_of(message), message.idiag_inode};
  };
  const auto answered = ask(netlink_.get(), request, as<inet_diag_msg>(take));
  if (!answered) return std::unexpected(answered.error());
  return found;
}

Reading<std::optional<SocketEnd>> SocketTable::find(const Address& local, const Address& remote) {
  Request request = make_lookup(local.unmapped(), remote.unmapped(), ++sequence_);
  request.body.idiag_ext = 1U << (INET_DIAG_INFO - 1);

  std::optional<SocketEnd> found;
  const auto take = [&](const inet_diag_msg& message, std::span<const char> attributes) {
    // Where no connection matches, the kernel gives the listening socket of the port instead.
    if (message.idiag_state == kListen) return;
    if (message.id.idiag_dport != request.body.id.idiag_dport) return;
    const auto counts = find_attribute<tcp_info>(attributes, INET_DIAG_INFO);
    const tcp_info info = counts.value_or(tcp_info{});
    // Of one that its owner has closed, and whose end was acknowledged, Linux keeps a remainder
    // only, without counts. It shows the state FIN-WAIT-2, but like TIME-WAIT takes nothing more.
    const bool is_remainder = message.idiag_state == kFinWait2 && !counts;
    found = SocketEnd{.state = is_remainder ? int{kTimeWait} : int{message.idiag_state},
                      .receive_queue = message.idiag_rqueue,
                      .inode = message.idiag_inode,
                      .arrived = info.tcpi_bytes_received,
                      .sent = info.tcpi_bytes_sent - info.tcpi_bytes_retrans,
                      .unsent = info.tcpi_notsent_bytes};
  };
  const auto answered = ask(netlink_.get(), request, as<inet_diag_msg>(take));
  if (!answered) return std::unexpected(answered.error());
  return found;
}

Reading<ino_t> SocketTable::unix_peer(ino_t inode) {
  auto request = make_any_request<RequestOf<unix_diag_req>>(0, ++sequence_);
  request.body.sdiag_family = AF_UNIX;
  request.body.udiag_states = ~0U;
  request.body.udiag_ino = static_cast<std::uint32_t>(inode);
  request.body.udiag_show = UDIAG_SHOW_PEER;
  request.body.udiag_cookie[0] = INET_DIAG_NOCOOKIE;
  request.body.udiag_cookie[1] = INET_DIAG_NOCOOKIE;
  ino_t peer = 0;
  const auto take = [&](const unix_diag_msg&, std::span<const char> attributes) {
    peer = find_attribute<std::uint32_t>(attributes, UNIX_DIAG_PEER).value_or(0);
  };
  const auto answered = ask(netlink_.get(), request, as<unix_diag_msg>(take));
  if (!answered) return std::unexpected(answered.error());
  return peer;
}

// A stream's bytes lie at one of its ends. What was sent to a socket of AF_UNIX is told of who sent
// it (its memory) and of who has not read it yet (its bytes), and either may be gone.
std::uint64_t SocketTable::buffered_bytes() {
  std::uint64_t internet = 0;
  for (const int family : {AF_INET, AF_INET6}) {
    for (const int protocol : {IPPROTO_TCP, IPPROTO_UDP}) {
      Request request = make_request(family, NLM_F_DUMP, ++sequence_);
      request.body.sdiag_protocol = static_cast<std::uint8_t>(protocol);
      request.body.idiag_states = ~0U;
      request.body.idiag_ext = 1U << (INET_DIAG_SKMEMINFO - 1);
      const auto take = [&](const inet_diag_msg& message, std::span<const char> attributes) {
        if (message.idiag_family != family) return;
        const auto memory = find_attribute<SocketMemory>(attributes, INET_DIAG_SKMEMINFO);
        if (memory) internet += memory_of(*memory);
      };
      static_cast<void>(ask(netlink_.get(), request, as<inet_diag_msg>(take)));
    }
  }
  auto request = make_any_request<RequestOf<unix_diag_req>>(NLM_F_DUMP, ++sequence_);
  request.body.sdiag_family = AF_UNIX;
  request.body.udiag_states = ~0U;
  request.body.udiag_show = UDIAG_SHOW_MEMINFO | UDIAG_SHOW_RQLEN;
  std::uint64_t sent = 0;
  std::uint64_t unread_bytes = 0;
  const auto take = [&](const unix_diag_msg& message, std::span<const char> attributes) {
    const auto memory = find_attribute<SocketMemory>(attributes, UNIX_DIAG_MEMINFO);
    if (memory) sent += (*memory)[SK_MEMINFO_WMEM_ALLOC];
    const auto queue = find_attribute<unix_diag_rqlen>(attributes, UNIX_DIAG_RQLEN);
    // Of a listening one these are numbers of connections.
    if (queue && message.udiag_state != kListen) unread_bytes += queue->udiag_rqueue;
  };
  static_cast<void>(ask(netlink_.get(), request, as<unix_diag_msg>(take)));
  return internet + std::max(sent, unread_bytes);
}

bool SocketEnd::is_connected() const {
  return state != kSynSent && state != kSynReceived && state != kNewSynReceived;
}

bool SocketEnd::is_over() const {
  return state == kTimeWait || state == kClosed;
}

bool SocketEnd::has_seen_end() const {
  return state != kEstablished && state != kFinWait1 && state != kFinWait2;
}

bool SocketEnd::has_ended() const {
  return state != kEstablished && state != kCloseWait;
}

Reading<std::uint64_t> bytes_arrived(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (is_faulted(KernelPlace::kSocketOption) ||
      getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) {
    return unread("what has arrived at a socket (TCP_INFO)", errno);
  }
  return info.tcpi_bytes_received;
}

}  // namespace chatspec
