// The kernel's own view of TCP sockets, by NETLINK_SOCK_DIAG (sock_diag(7)). It sees the
// implementation's end of a connection without the implementation's help: whether it listens, and
// what it has not read yet.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <sys/types.h>

#include "harness/cell/address.h"
#include "harness/cell/file_descriptor.h"
#include "harness/cell/reading.h"

namespace chatspec {

struct ListeningSocket {
  Address address;
  ino_t inode = 0;  // as in the links "socket:[inode]" of /proc/PID/fd
};

// One end of a connection.
struct SocketEnd {
  int state = 0;  // TCP_ESTABLISHED, …; see netinet/tcp.h
  // What its owner has not read yet. The peer's end of stream counts as one byte.
  std::uint32_t receive_queue = 0;
  ino_t inode = 0;  // 0: not accepted yet, or closed by its owner
  // The bytes that have arrived at it so far, and that it has sent. Its peer's end of stream may
  // count as one arrived byte more.
  std::uint64_t arrived = 0;
  std::uint64_t sent = 0;
  std::uint32_t unsent = 0;  // what its owner has written and the kernel has not sent yet

  bool is_connected() const;  // the handshake is complete
  bool is_over() const;       // nothing more goes in either direction
  bool has_seen_end() const;  // its peer's end of stream has arrived
  bool has_ended() const;     // it has sent its own end of stream
};

// How many bytes have arrived at a socket of ours; as in SocketEnd.
Reading<std::uint64_t> bytes_arrived(int socket);

// Sees one network namespace. For one thread.
class SocketTable {
 public:
  SocketTable();  // of the calling thread's network namespace
  explicit SocketTable(FileDescriptor netlink) : netlink_(std::move(netlink)) {}

  // The sockets that listen on a port, or on any where it is 0, in both families. The kernel goes
  // through all that listens on the machine for this.
  Reading<std::vector<ListeningSocket>> listening(std::uint16_t port = 0);

  // The socket that a connection to this address would reach; nothing where none listens. The
  // kernel looks it up as it does for a connection, so this may be asked often.
  Reading<std::optional<ListeningSocket>> listener(const Address& address);

  // The inode of the other end of a socket of AF_UNIX; 0 where it has none, or is of another kind.
  Reading<ino_t> unix_peer(ino_t inode);

  // The end of a connection that has these addresses, seen from itself; nothing where there is
  // none. A socket of IPv6 that serves an IPv4 connection is found by either form of its addresses.
  Reading<std::optional<SocketEnd>> find(const Address& local, const Address& remote);

  // The memory that lies in the buffers of all sockets of TCP, UDP and AF_UNIX, in bytes. What the
  // kernel does not tell, such as UDP's where its module is missing, counts as none. The kernel
  // goes through all of them for this.
  std::uint64_t buffered_bytes();

 private:
  FileDescriptor netlink_;
  std::uint32_t sequence_ = 0;
};

}  // namespace chatspec
