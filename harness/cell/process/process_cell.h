// The real cell: a process that we start and everything that comes from it, kept by a supervisor
// (supervisor.h), in any of the tiers that have one.
//
// Which deaths are seen: that of the first process, as it is. That of any other process, however
// deep, by the core file that the kernel leaves in the cell's folder, of which a few kilobytes are
// let be: where the machine writes such files to where the process works, the process worked in the
// cell's folder, and the signal is one of those that dump core (SIGSEGV, SIGABRT, …). Where
// kernel.core_pattern sends them elsewhere, only orphans, which fall to the supervisor.

#pragma once

#include <functional>
#include <memory>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/isolation/isolation.h"
#include "harness/cell/process/cell_processes.h"
#include "harness/cell/process/death_watch.h"
#include "harness/cell/process/server_search.h"
#include "harness/cell/sockets/port_reservation.h"
#include "harness/cell/sockets/socket_cell.h"

namespace chatspec {

// What a new cell consists of.
struct CellParts {
  ScratchFolder folder;
  std::optional<CellGroup> group{};  // outlives the processes
  SupervisorLink supervisor;
  SocketTable sockets;
  std::uint16_t port = 0;         // that the implementation is given
  PortReservation reservation{};  // of it, on the host's network, for a server
  // A client's: on 127.0.0.1, and on ::1 where this machine has it, since a name may lead to
  // either.
  std::vector<FileDescriptor> listeners{};
};

class ProcessCell final : public SocketCell {
 public:
  // Borrows the plan.
  ProcessCell(const CellSurroundings& surroundings, const CellPlan& plan, CellParts parts);
  ~ProcessCell() override;

  bool has_process() const override { return true; }
  std::string host() const override { return "127.0.0.1"; }
  std::string obstacle_to_host(const std::string& host) const override;
  int port() const override { return port_; }
  const std::filesystem::path& folder() const override { return folder_.path(); }
  std::expected<void, CellFailure> start(const std::vector<std::string>& argv) override;
  std::expected<std::string, CellFailure> await_listening() override;
  std::expected<ConnectionId, CellFailure> connect() override;
  std::expected<ConnectionId, CellFailure> accept() override;
  std::expected<void, CellFailure> await_output(const std::function<bool()>& complete) override;
  std::expected<ExitStatus, CellFailure> await_exit(ExitWait wait) override;
  std::string end_program() override;
  std::string stop() override;
  std::optional<Holdings> holdings() override;
  std::vector<ProcessDeath> deaths() override;
  std::optional<std::string> trouble() const override;

  // The folder in which the program starts, seen from outside the cell; also after its end.
  FileDescriptor open_work_folder();

 private:
  WaitLoop& loop() override { return loop_; }
  const WaitLoop& loop() const override { return loop_; }
  CellStreams& streams() override { return streams_; }
  int folder_descriptor() override;

  std::unique_ptr<Observer> make_observer(const Clock& clock);
  std::expected<FileDescriptor, CellFailure> make_socket(int family);
  std::string describe_state() const;
  std::optional<std::string> find_trouble() const;
  bool has_news() const;
  CellFolders folders() const;
  std::expected<StartRequest, CellFailure> plan_start(const std::vector<std::string>& argv) const;
  std::expected<void, CellFailure> await_start(const std::string& program);
  CellFailure not_exited_failure(const WaitResult& result) const;
  CellFailure ended_failure(std::string_view before_what) const;
  void look_for_deaths();
  bool has_overrun() const;
  std::string end_all();

  // Each borrows of those above it.
  const CellPlan& plan_;
  ScratchFolder folder_;
  std::optional<CellGroup> group_;
  CellProcesses processes_;
  SocketTable sockets_;
  std::uint16_t port_;
  PortReservation reservation_;
  std::vector<FileDescriptor> listeners_;
  WaitLoop loop_;
  CellStreams streams_;
  ServerSearch search_;
  DeathWatch deaths_;

  std::optional<Address> server_;  // where it listens
  bool has_connected_ = false;
  std::optional<CellStreams::Said>
      rests_after_;  // when it was last seen to do nothing more, still running
  bool has_accepted_ = false;
  bool stopped_ = false;
};

}  // namespace chatspec
