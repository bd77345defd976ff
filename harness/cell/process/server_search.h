// Where the server of a cell listens, from the kernel's table of sockets. Never by a trial
// connection, which the server would take for its client.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/cell/kernel/socket_table.h"
#include "harness/cell/process/cell_processes.h"

namespace chatspec {

class ServerSearch {
 public:
  // Borrows both. In a network of its own, whatever listens there is the cell's.
  ServerSearch(const CellProcesses& processes, SocketTable& sockets, std::uint16_t port,
               bool has_own_network)
      : processes_(processes), sockets_(sockets), port_(port), has_own_network_(has_own_network) {}

  // The socket that a client reaches who connects to 127.0.0.1 or ::1. May be asked often.
  Reading<std::optional<Address>> find();
  // One at another of the loopback's addresses, such as 127.0.1.1, which Debian gives to the host's
  // name.
  Reading<std::optional<Address>> find_elsewhere();
  // All the addresses at which the cell listens, for people; may be empty.
  std::string list_all();

 private:
  Reading<bool> is_ours(const ListeningSocket& socket) const;

  const CellProcesses& processes_;
  SocketTable& sockets_;
  std::uint16_t port_;
  bool has_own_network_;
};

}  // namespace chatspec
