// What all cells with real sockets share: sending, waiting and observing on connections, whoever
// they lead to.

#pragma once

#include <functional>
#include <memory>
#include <poll.h>
#include <span>

#include "harness/cell/cell.h"
#include "harness/cell/clock.h"
#include "harness/cell/interrupt.h"
#include "harness/cell/kernel/socket_table.h"
#include "harness/cell/observer.h"
#include "harness/cell/pump.h"
#include "harness/cell/wait_limit.h"

namespace chatspec {

// What a cell is given by its surroundings, and borrows.
struct CellSurroundings {
  const Interrupt& interrupt;
  const Clock& clock;
  Patience patience{};
};

class SocketCell : public Cell {
 public:
  std::expected<std::string, CellFailure> add_file(std::string_view name,
                                                   std::string_view content) override;
  std::optional<StreamEvent> send(ConnectionId connection, std::string_view bytes) override;
  bool await_taken(ConnectionId connection) override;
  std::string take_arrived(ConnectionId connection) override;
  void begin_answer(std::size_t bytes) override;
  StreamEvent await(ConnectionId connection, bool expect_silence) override;
  void half_close(ConnectionId connection) override;
  void close(ConnectionId connection) override;
  void reset(ConnectionId connection) override;
  const Output& output() const override { return pump_.output().output(); }
  const Output& errors() const override { return pump_.errors().output(); }

 protected:
  explicit SocketCell(const CellSurroundings& surroundings);

  // For people: what is known of the implementation besides what its observer saw, such as "the
  // process is still running".
  virtual std::string state() const = 0;

  struct WaitFor {
    std::string_view nothing{};                // what has happened where nothing has, for people
    std::optional<ConnectionId> connection{};  // the one that is concerned
    std::chrono::nanoseconds patience{};
    std::optional<TimePoint> since{};  // when the patience began, if not now
    std::span<const pollfd> others{};  // descriptors that may end it besides those of the pump
    bool recheck =
        false;  // for conditions that no descriptor tells of: check every few milliseconds
    // Something is due: then a program that only computes, or that cannot be seen through, is told
    // from one that does nothing. Else the patience alone rules.
    bool is_due = false;
    Awaited::Serving serving = Awaited::Serving::kProvesNothing;
  };
  struct WaitResult {
    enum class How { kDone, kQuiet, kInterrupted };
    How how = How::kDone;
    QuietFinding finding{};  // of kQuiet
  };
  // Waits until `done`. The one loop in which everything that a cell awaits is waited for.
  // Of `is_due` and `patience`, a program that was given much has more of a processor.
  WaitResult wait_for(const WaitFor& wait, const std::function<bool()>& done);

  // A non-blocking socket in the implementation's network.
  virtual std::expected<FileDescriptor, CellFailure> make_socket(int family);
  // The cell's folder; valid as long as the cell lives.
  virtual int folder_descriptor() = 0;

  std::expected<ConnectionId, CellFailure> open_connection(const Address& address,
                                                           std::chrono::nanoseconds patience);
  ConnectionId add_connection(FileDescriptor socket);
  void close_connections();

  const CellSurroundings& surroundings() const { return surroundings_; }
  const Patience& patience() const { return surroundings_.patience; }
  Pump& pump() { return pump_; }
  SocketTable& table() { return table_; }
  void set_table(SocketTable table) { table_ = std::move(table); }
  void set_observer(std::unique_ptr<Observer> observer) { observer_ = std::move(observer); }

 private:
  // What begin_answer() was told, and whether a part of it has come.
  struct Due {
    TimePoint since{};
    std::size_t patiences = 1;  // that an answer of this size has
    bool begun = false;
  };

  std::chrono::nanoseconds fair_processor_time(const WaitFor& wait) const;
  QuietFinding describe_end(const WaitFor& wait, QuietGrade grade, const WaitLimit& limit);

  Connection& at(ConnectionId connection);
  std::vector<ConnectionView> views();

  CellSurroundings surroundings_;
  Pump pump_;
  SocketTable table_;
  std::unique_ptr<Observer> observer_;
  std::optional<Due> due_;
  std::size_t given_bytes_ = 0;  // to the implementation: its files, and what was sent to it
};

CellFailure interrupted_failure();
CellFailure trouble_failure(std::string message);
CellFailure trouble_failure(std::string_view what, int error);  // `error` as errno

}  // namespace chatspec
