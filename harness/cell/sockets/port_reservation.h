// The ports that implementations under test are given.
//
// A cell with a network of its own has any port that it likes. It gets another one in each
// scenario, so that a program is found out that has a port written into it.
//
// Others share the host's network. Such a server binds its port itself,
// so the port can only be kept free for it: outside the range from which the kernel picks ports for
// connections, held against other harnesses by a lock that ends with our process, and seen to be
// free in both families.

#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// A port for a cell with a network of its own, in which nothing listens and the kernel uses none
// below 32768 for connections. The same for the same seed.
std::uint16_t port_in_own_network(std::uint64_t seed);

// The port is ours as long as this lives.
class PortReservation {
 public:
  PortReservation() = default;
  PortReservation(std::uint16_t port, FileDescriptor lock) : port_(port), lock_(std::move(lock)) {}
  std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_ = 0;
  FileDescriptor lock_;
};

struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;  // inclusive
};

// The widest range of unprivileged ports, within 15000 … 65000 where possible, that the kernel
// doesn't use for connections. `low` and `high` as in ip_local_port_range.
PortRange ports_outside(int low, int high);

// Thread-safe. Gives no port twice before all others had their turn: a server that doesn't set
// SO_REUSEADDR can't bind a port on which a connection of a former server lingers.
class PortPool {
 public:
  PortPool();  // outside this system's ip_local_port_range, from a random port on
  PortPool(PortRange range, std::uint16_t next) : range_(range), next_(next) {}

  // Nothing where every port of the range is taken.
  std::optional<PortReservation> reserve();

 private:
  std::uint16_t take_turn();

  const PortRange range_;
  std::mutex mutex_;
  std::uint16_t next_;
};

}  // namespace chatspec
