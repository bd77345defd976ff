// An IP address with a port, as sockets have them.

#pragma once

#include <cstdint>
#include <string>

#include <netinet/in.h>
#include <sys/socket.h>

namespace chatspec {

class Address {
 public:
  Address() = default;  // of no family
  Address(const sockaddr* address, socklen_t size);
  static Address ipv4(const in_addr& address, std::uint16_t port);
  static Address ipv6(const in6_addr& address, std::uint16_t port);
  static Address loopback(int family, std::uint16_t port);
  static Address wildcard(int family, std::uint16_t port);

  // The two ends of a socket; of no family where there is none.
  static Address local_end(int socket);
  static Address remote_end(int socket);

  int family() const { return storage_.ss_family; }
  std::uint16_t port() const;
  bool is_wildcard() const;
  bool is_loopback() const;  // all of 127/8, ::1, and the former mapped into IPv6

  // ::ffff:127.0.0.1 as 127.0.0.1; any other as it is.
  Address unmapped() const;
  // Where to connect to reach a socket that listens on this: for a wildcard, the loopback address
  // of its family.
  Address reachable() const;

  // The address alone as the kernel has it, in network byte order; unused bytes are zero.
  in6_addr raw() const;

  const sockaddr* data() const;
  socklen_t size() const;

  // Whether the address alone is the same, whatever the ports are.
  bool is_same_host(const Address& other) const;

  std::string host() const;       // "127.0.0.1", "::1"
  std::string to_string() const;  // "127.0.0.1:15000", "[::1]:15000"

 private:
  const sockaddr_in& v4() const;
  const sockaddr_in6& v6() const;

  sockaddr_storage storage_{};
};

}  // namespace chatspec
