// One question: the kernel is asked for the socket that has our two addresses the other way round.
// Three things in the answer make the proof:
//
// - All that we sent has arrived there. (It may still be under way, also on one machine.)
// - Its receive queue is empty, so its owner was given every byte.
// - The receive that gave it the last byte is over, or it could go on and take the next unit as
//   well. To count what has arrived, the kernel waits for the socket's lock, which a receive holds
//   to its end; it reads the length of the queue before.

#include "reference/program/peer_socket.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <unistd.h>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace chat {
namespace {

using asio::ip::tcp;

struct Question {
  nlmsghdr header;
  inet_diag_req_v2 body;
};

// The kernel's tcp_info begins as the C library has it, and goes on; <linux/tcp.h>, which has all
// of it, does not go together with asio.
struct CountedInfo {
  tcp_info beginning;
  std::uint64_t pacing_rate, max_pacing_rate, bytes_acked, bytes_received;
};
static_assert(offsetof(CountedInfo, bytes_received) == 128);

struct Answer {
  std::uint32_t receive_queue = 0;
  std::uint64_t arrived = 0;
};

// An IPv4 address that is mapped into IPv6 is looked for as what it is: the peer's socket may be of
// either family, and is found so in both cases.
asio::ip::address unmapped(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

void put_address(const asio::ip::address& address, std::span<__be32, 4> into) {
  if (address.is_v4()) {
    const auto bytes = address.to_v4().to_bytes();
    std::memcpy(into.data(), bytes.data(), bytes.size());
  } else {
    const auto bytes = address.to_v6().to_bytes();
    std::memcpy(into.data(), bytes.data(), bytes.size());
  }
}

// For the socket whose own end is `local` and whose peer's is `remote`.
Question make_question(const tcp::endpoint& local, const tcp::endpoint& remote,
                       std::uint32_t sequence) {
  const asio::ip::address source = unmapped(local.address());
  const asio::ip::address destination = unmapped(remote.address());
  Question question{};
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.header.nlmsg_seq = sequence;
  question.body.sdiag_family = static_cast<__u8>(source.is_v4() ? AF_INET : AF_INET6);
  question.body.sdiag_protocol = IPPROTO_TCP;
  question.body.idiag_ext = 1U << (INET_DIAG_INFO - 1);
  inet_diag_sockid& id = question.body.id;
  put_address(source, id.idiag_src);
  put_address(destination, id.idiag_dst);
  id.idiag_sport = htons(local.port());
  id.idiag_dport = htons(remote.port());
  id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return question;
}

// The bytes that have arrived, from the attributes after an answer; nothing where the kernel did
// not count them.
std::optional<std::uint64_t> find_arrived(std::span<const char> attributes) {
  while (attributes.size() >= sizeof(rtattr)) {
    rtattr header{};
    std::memcpy(&header, attributes.data(), sizeof header);
    if (header.rta_len < sizeof header || header.rta_len > attributes.size()) return std::nullopt;
    const auto content = attributes.subspan(sizeof header, header.rta_len - sizeof header);
    if (header.rta_type == INET_DIAG_INFO && content.size() >= sizeof(CountedInfo)) {
      CountedInfo info{};
      std::memcpy(&info, content.data(), sizeof info);
      return info.bytes_received;
    }
    const std::size_t aligned = RTA_ALIGN(std::size_t{header.rta_len});
    attributes = attributes.subspan(std::min(aligned, attributes.size()));
  }
  return std::nullopt;
}

// Of a datagram that answers `question`; nothing where it is a refusal, or tells of another socket:
// where none has the two addresses, the kernel gives one that listens on the port.
std::optional<Answer> read_answer(std::span<const char> datagram, const Question& question) {
  nlmsghdr header{};
  inet_diag_msg body{};
  if (datagram.size() < NLMSG_HDRLEN + sizeof body) return std::nullopt;
  std::memcpy(&header, datagram.data(), sizeof header);
  if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY || header.nlmsg_seq != question.header.nlmsg_seq ||
      header.nlmsg_len > datagram.size() || header.nlmsg_len < NLMSG_HDRLEN + sizeof body) {
    return std::nullopt;
  }
  const auto message = datagram.subspan(NLMSG_HDRLEN, header.nlmsg_len - NLMSG_HDRLEN);
  std::memcpy(&body, message.data(), sizeof body);
  if (body.id.idiag_dport != question.body.id.idiag_dport) return std::nullopt;
  const auto arrived =
      find_arrived(message.subspan(std::min(NLMSG_ALIGN(sizeof body), message.size())));
  if (!arrived) return std::nullopt;
  return Answer{.receive_queue = body.idiag_rqueue, .arrived = *arrived};
}

// The kernel answers within send(), so that there is nothing to wait for.
std::optional<Answer> ask(int netlink, const Question& question) {
  if (::send(netlink, &question, sizeof question, MSG_DONTWAIT) < 0) return std::nullopt;
  alignas(nlmsghdr) std::array<char, 8192> buffer;
  const ssize_t size = ::recv(netlink, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size <= 0) return std::nullopt;
  return read_answer({buffer.data(), static_cast<std::size_t>(size)}, question);
}

}  // namespace

PeerSocket::PeerSocket(const tcp::socket& socket)
    : socket_(&socket),
      netlink_(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)) {}

PeerSocket::~PeerSocket() {
  if (netlink_ >= 0) ::close(netlink_);
}

PeerSocket::View PeerSocket::look(std::uint64_t sent_bytes) {
  std::error_code error;
  const tcp::endpoint ours = socket_->local_endpoint(error);
  const tcp::endpoint peers = error ? tcp::endpoint() : socket_->remote_endpoint(error);
  if (error) return View::kUnseen;
  const auto answer = ask(netlink_, make_question(peers, ours, ++sequence_));
  if (!answer) return View::kUnseen;
  return answer->arrived >= sent_bytes && answer->receive_queue == 0 ? View::kTaken
                                                                     : View::kPending;
}

}  // namespace chat
