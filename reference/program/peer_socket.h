// The other end of a connection, as the kernel of this machine sees it (sock_diag(7)): whether our
// peer has read what we sent, told without the peer's help. Of a peer on another machine, or in
// another network namespace, nothing can be seen.

#pragma once

#include <cstdint>

#include <asio/ip/tcp.hpp>

namespace chat {

class PeerSocket {
 public:
  enum class View {
    kUnseen,   // it is not on this machine, or was closed, or the kernel does not tell
    kPending,  // it has not received, or its owner has not read, all that was sent
    kTaken,    // its owner has read everything, and is in no receive any more
  };

  // Borrows the socket.
  explicit PeerSocket(const asio::ip::tcp::socket& socket);
  ~PeerSocket();
  PeerSocket(const PeerSocket&) = delete;
  PeerSocket& operator=(const PeerSocket&) = delete;

  // Looks at the socket's peer, to which `sent_bytes` were sent since they were connected. Does not
  // wait.
  View look(std::uint64_t sent_bytes);

 private:
  const asio::ip::tcp::socket* socket_;
  int netlink_;  // -1 where the kernel has none
  std::uint32_t sequence_ = 0;
};

}  // namespace chat
