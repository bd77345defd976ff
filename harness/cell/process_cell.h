// The real cell, in the plain tier: a process on this host's own network, with a process group, a
// folder and a port of its own. It keeps cells apart from each other and cleans up after them; it
// does not protect the host from them.

#pragma once

#include <functional>

#include "harness/cell/port_reservation.h"
#include "harness/cell/process.h"
#include "harness/cell/process_end.h"
#include "harness/cell/process_tree.h"
#include "harness/cell/scratch_folder.h"
#include "harness/cell/socket_cell.h"

namespace chatspec {

// Makes the observer of one cell, once its implementation has started. It may keep both as long as
// it lives itself, and is used by the cell's thread alone.
using ObserverMaker =
    std::function<std::unique_ptr<Observer>(const ProcessTree& processes, SocketTable& sockets)>;

class ProcessCell final : public SocketCell, private EndWaiter {
 public:
  // A server's cell, which is given a port, and a client's, which is given a socket that listens on
  // 127.0.0.1.
  ProcessCell(const CellSurroundings& surroundings, ScratchFolder folder, PortReservation port,
              ObserverMaker make_observer);
  ProcessCell(const CellSurroundings& surroundings, ScratchFolder folder, FileDescriptor listener,
              ObserverMaker make_observer);
  ~ProcessCell() override;

  bool has_process() const override { return true; }
  std::string host() const override { return "127.0.0.1"; }
  int port() const override;
  const std::filesystem::path& folder() const override { return folder_.path(); }
  std::expected<void, CellFailure> start(const std::vector<std::string>& argv) override;
  std::expected<std::string, CellFailure> await_listening() override;
  std::expected<ConnectionId, CellFailure> connect() override;
  std::expected<ConnectionId, CellFailure> accept() override;
  std::optional<ExitStatus> await_exit(bool expect_soon) override;
  std::string stop() override;

 private:
  std::string state() const override;
  bool is_running() const { return process_ && !process_->exit(); }
  bool nobody_left() const;  // neither the first process nor any other of the cell
  bool is_ours(ino_t listening_socket) const;
  std::optional<Address> find_server();
  std::string instead_of_server(const std::string& evidence);
  CellFailure exited_failure(std::string_view before_what) const;
  bool wait_for_end(const std::vector<HeldProcess>& processes, std::chrono::nanoseconds time,
                    bool heed_interrupt) override;

  ScratchFolder folder_;
  PortReservation reservation_;  // a server's
  FileDescriptor listener_;      // a client's
  ObserverMaker make_observer_;
  std::optional<Process> process_;
  std::optional<ProcessTree> tree_;
  std::optional<Address> server_;  // where it listens
  bool has_accepted_ = false;
  bool stopped_ = false;
};

class PlainCellFactory final : public CellFactory {
 public:
  // Folders are made in `temporary`. Without a maker, only deadlines tell that an implementation is
  // quiet.
  PlainCellFactory(const CellSurroundings& surroundings, std::filesystem::path temporary,
                   ObserverMaker make_observer = {});
  std::expected<std::unique_ptr<Cell>, CellFailure> open(Side implementation) override;
  std::string_view isolation() const override { return "plain"; }

 private:
  CellSurroundings surroundings_;
  std::filesystem::path temporary_;
  ObserverMaker make_observer_;
  PortPool ports_;
};

}  // namespace chatspec
