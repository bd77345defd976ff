// The connections of a cell with real sockets: sending, and waiting for what the implementation
// does on them.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "harness/cell/cell.h"
#include "harness/cell/file_descriptor.h"
#include "harness/cell/sockets/connection.h"
#include "harness/cell/sockets/wait_loop.h"

namespace chatspec {

// Gives a non-blocking socket of a family in the implementation's network.
using SocketMaker = std::function<std::expected<FileDescriptor, CellFailure>(int)>;
std::expected<FileDescriptor, CellFailure> make_own_socket(int family);  // in ours

// Calls are as those of Cell of the same name.
class CellStreams {
 public:
  using ConnectionId = Cell::ConnectionId;

  // Whose the network is in which connections come about: the implementation's alone, where
  // whatever is amiss with it is its own doing, or everybody's.
  enum class Network { kItsOwn, kShared };

  // Borrows the loop.
  CellStreams(WaitLoop& loop, Network network, SocketMaker make_socket)
      : loop_(loop), network_(network), make_socket_(std::move(make_socket)) {}

  std::expected<ConnectionId, CellFailure> open_connection(const Address& address,
                                                           std::chrono::nanoseconds patience);
  ConnectionId add_connection(FileDescriptor socket);  // that was accepted

  std::optional<StreamEvent> send(ConnectionId connection, std::string_view bytes);
  bool await_taken(ConnectionId connection);
  std::string take_arrived(ConnectionId connection);
  void begin_answer(std::size_t bytes);
  StreamEvent await(ConnectionId connection, bool expect_silence);
  void half_close(ConnectionId connection) { at(connection).half_close(); }
  void close(ConnectionId connection) { at(connection).close(); }
  void reset(ConnectionId connection) { at(connection).reset(); }
  void close_all();

  // How much was said on all connections so far: where it is as much as before, nothing was.
  struct Said {
    std::size_t connections = 0;
    std::size_t ended = 0;
    std::size_t closed = 0;
    std::uint64_t bytes = 0;
    bool operator==(const Said&) const = default;
  };
  Said said() const;

 private:
  // What begin_answer() was told, and whether a part of it has come.
  struct Due {
    TimePoint since{};
    std::size_t patiences = 1;  // that an answer of this size has
    bool begun = false;
  };

  Connection& at(ConnectionId connection);
  StreamEvent ended(const Connection& peer);

  WaitLoop& loop_;
  Network network_;
  SocketMaker make_socket_;
  std::optional<Due> due_;
};

}  // namespace chatspec
