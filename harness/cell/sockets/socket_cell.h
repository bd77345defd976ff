// What all cells with real sockets share: how they answer for their connections, and put files into
// their folder. The parts stand in the cells themselves, in the order in which they depend on each
// other.

#pragma once

#include "harness/cell/cell.h"
#include "harness/cell/sockets/cell_streams.h"
#include "harness/cell/sockets/wait_loop.h"

namespace chatspec {

class SocketCell : public Cell {
 public:
  void end_waits_by(TimePoint end) final { loop().end_waits_by(end); }
  std::string read_file(std::string_view name, std::size_t from, std::size_t most) override;
  std::expected<std::string, CellFailure> add_file(std::string_view name,
                                                   std::string_view content) final;
  std::optional<StreamEvent> send(ConnectionId connection, std::string_view bytes) final {
    return streams().send(connection, bytes);
  }
  bool await_taken(ConnectionId connection) final { return streams().await_taken(connection); }
  std::string take_arrived(ConnectionId connection) final {
    return streams().take_arrived(connection);
  }
  void begin_answer(std::size_t bytes) final { streams().begin_answer(bytes); }
  StreamEvent await(ConnectionId connection, bool expect_silence) final {
    return streams().await(connection, expect_silence);
  }
  void half_close(ConnectionId connection) final { streams().half_close(connection); }
  void close(ConnectionId connection) final { streams().close(connection); }
  void reset(ConnectionId connection) final { streams().reset(connection); }
  std::chrono::nanoseconds processor_time() final {
    return loop().observer().processor_time().busiest;
  }
  const Output& output() const final { return loop().pump().output().output(); }
  const Output& errors() const final { return loop().pump().errors().output(); }

 private:
  virtual WaitLoop& loop() = 0;
  virtual const WaitLoop& loop() const = 0;
  virtual CellStreams& streams() = 0;
  // The cell's folder; valid as long as the cell lives.
  virtual int folder_descriptor() = 0;
};

}  // namespace chatspec
