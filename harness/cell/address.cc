#include "harness/cell/address.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace chatspec {
namespace {

template <int (*get_name)(int, sockaddr*, socklen_t*) noexcept>
Address end_of(int socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  if (get_name(socket, address, &size) != 0) return {};
  return {address, size};
}

}  // namespace

Address::Address(const sockaddr* address, socklen_t size) {
  std::memcpy(&storage_, address, std::min<std::size_t>(size, sizeof storage_));
}

Address Address::ipv4(const in_addr& address, std::uint16_t port) {
  sockaddr_in in{};
  in.sin_family = AF_INET;
  in.sin_addr = address;
  in.sin_port = htons(port);
  return {reinterpret_cast<const sockaddr*>(&in), sizeof in};
}

Address Address::ipv6(const in6_addr& address, std::uint16_t port) {
  sockaddr_in6 in{};
  in.sin6_family = AF_INET6;
  in.sin6_addr = address;
  in.sin6_port = htons(port);
  return {reinterpret_cast<const sockaddr*>(&in), sizeof in};
}

Address Address::loopback(int family, std::uint16_t port) {
  return family == AF_INET6 ? ipv6(in6addr_loopback, port) : ipv4({htonl(INADDR_LOOPBACK)}, port);
}

Address Address::wildcard(int family, std::uint16_t port) {
  return family == AF_INET6 ? ipv6(in6addr_any, port) : ipv4({htonl(INADDR_ANY)}, port);
}

Address Address::local_end(int socket) {
  return end_of<getsockname>(socket);
}
Address Address::remote_end(int socket) {
  return end_of<getpeername>(socket);
}

const sockaddr_in& Address::v4() const {
  return reinterpret_cast<const sockaddr_in&>(storage_);
}
const sockaddr_in6& Address::v6() const {
  return reinterpret_cast<const sockaddr_in6&>(storage_);
}

std::uint16_t Address::port() const {
  if (family() == AF_INET) return ntohs(v4().sin_port);
  return family() == AF_INET6 ? ntohs(v6().sin6_port) : std::uint16_t{0};
}

bool Address::is_wildcard() const {
  const Address plain = unmapped();
  if (plain.family() == AF_INET) return plain.v4().sin_addr.s_addr == htonl(INADDR_ANY);
  return plain.family() == AF_INET6 &&
         std::memcmp(&plain.v6().sin6_addr, &in6addr_any, sizeof in6addr_any) == 0;
}

bool Address::is_loopback() const {
  const Address plain = unmapped();
  if (plain.family() == AF_INET) return ntohl(plain.v4().sin_addr.s_addr) >> 24 == 127;
  return plain.family() == AF_INET6 &&
         std::memcmp(&plain.v6().sin6_addr, &in6addr_loopback, sizeof in6addr_loopback) == 0;
}

Address Address::unmapped() const {
  if (family() != AF_INET6) return *this;
  const auto& bytes = v6().sin6_addr.s6_addr;
  const bool mapped = std::all_of(bytes, bytes + 10, [](auto byte) { return byte == 0; }) &&
                      bytes[10] == 0xff && bytes[11] == 0xff;
  if (!mapped) return *this;
  in_addr address{};
  std::memcpy(&address, bytes + 12, sizeof address);
  return ipv4(address, port());
}

Address Address::reachable() const {
  return is_wildcard() ? loopback(unmapped().family(), port()) : *this;
}

in6_addr Address::raw() const {
  in6_addr raw{};
  if (family() == AF_INET) std::memcpy(&raw, &v4().sin_addr, sizeof(in_addr));
  if (family() == AF_INET6) raw = v6().sin6_addr;
  return raw;
}

const sockaddr* Address::data() const {
  return reinterpret_cast<const sockaddr*>(&storage_);
}

socklen_t Address::size() const {
  if (family() == AF_INET) return sizeof(sockaddr_in);
  return family() == AF_INET6 ? sizeof(sockaddr_in6) : 0;
}

bool Address::is_same_host(const Address& other) const {
  const in6_addr ours = raw();
  const in6_addr theirs = other.raw();
  return family() == other.family() && std::memcmp(&ours, &theirs, sizeof ours) == 0;
}

std::string Address::host() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const in6_addr address = raw();
  return inet_ntop(family(), &address, text.data(), text.size()) ? text.data() : "no address";
}

std::string Address::to_string() const {
  if (family() != AF_INET && family() != AF_INET6) return host();
  return family() == AF_INET6 ? fmt::format("[{}]:{}", host(), port())
                              : fmt::format("{}:{}", host(), port());
}

}  // namespace chatspec
