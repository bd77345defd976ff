#include "harness/cell/sockets/port_reservation.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <random>
#include <string>

#include <sys/socket.h>
#include <sys/un.h>

#include "harness/cell/address.h"

namespace chatspec {
namespace {

constexpr int kLowest = 15000;
constexpr int kHighest = 65000;
constexpr int kLowestOfConnections = 32768;  // in a new network namespace

PortRange range_of_this_system() {
  int low = 32768;
  int high = 60999;
  std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> low >> high;
  return ports_outside(low, high);
}

// An abstract socket's name exists once per network namespace, as ports do, and needs no cleaning
// up.
FileDescriptor lock_port(std::uint16_t port) {
  FileDescriptor lock(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  const std::string text = "chatspec-port-" + std::to_string(port);
  std::memcpy(name.sun_path + 1, text.data(), text.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + text.size());
  if (bind(lock.get(), reinterpret_cast<const sockaddr*>(&name), size) != 0) lock.reset();
  return lock;
}

// Binding without SO_REUSEADDR is refused for listeners, connections and TIME_WAIT alike: just what
// would meet the server.
bool can_bind(int family, std::uint16_t port) {
  FileDescriptor probe(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!probe) return errno == EAFNOSUPPORT;
  const int on = 1;
  if (family == AF_INET6) setsockopt(probe.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  const Address address = Address::wildcard(family, port);
  return bind(probe.get(), address.data(), address.size()) == 0 || errno == EADDRNOTAVAIL;
}

}  // namespace

std::uint16_t port_in_own_network(std::uint64_t seed) {
  return static_cast<std::uint16_t>(kLowest + seed % (kLowestOfConnections - kLowest));
}

PortRange ports_outside(int low, int high) {
  low = std::clamp(low, 0, 65536);
  high = std::clamp(high, low, 65535);
  const int below = low - kLowest;
  const int above = kHighest - high;
  if (below <= 0 && above <= 0) return {kLowest, kHighest};  // the best there is
  if (below >= above) {
    return {kLowest, static_cast<std::uint16_t>(std::min(low, kHighest + 1) - 1)};
  }
  return {static_cast<std::uint16_t>(std::max(high + 1, kLowest)), kHighest};
}

PortPool::PortPool() : range_(range_of_this_system()), next_(range_.first) {
  std::random_device random;
  next_ = static_cast<std::uint16_t>(
      std::uniform_int_distribution<int>(range_.first, range_.last)(random));
}

std::uint16_t PortPool::take_turn() {
  const std::scoped_lock lock(mutex_);
  const std::uint16_t port = next_;
  next_ = port >= range_.last ? range_.first : static_cast<std::uint16_t>(port + 1);
  return port;
}

std::optional<PortReservation> PortPool::reserve() {
  for (int tried = range_.first; tried <= range_.last; ++tried) {
    const std::uint16_t port = take_turn();
    FileDescriptor lock = lock_port(port);
    if (lock && can_bind(AF_INET, port) && can_bind(AF_INET6, port)) {
      return PortReservation(port, std::move(lock));
    }
  }
  return std::nullopt;
}

}  // namespace chatspec
