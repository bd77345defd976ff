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

#include "harness/cell/isolation/control_group.h"
#include "harness/cell/isolation/isolation.h"
#include "harness/cell/kernel/core_file.h"
#include "harness/cell/kernel/process_table.h"
#include "harness/cell/port_reservation.h"
#include "harness/cell/program_folder.h"
#include "harness/cell/scratch_folder.h"
#include "harness/cell/socket_cell.h"
#include "harness/cell/supervisor/supervisor_link.h"

namespace chatspec {

// How cells are made: the tier, and what it is made of.
struct Tier {
  Isolation isolation = Isolation::kPlain;
  SandboxPolicy policy{};
  bool observes = true;                   // whether silence may be proven; else only deadlines tell
  const ControlGroups* groups = nullptr;  // borrowed; null where there are none
  // Borrowed: of which each program starts in a copy of its own. Null where it starts in the empty
  // folder of its cell.
  const ProgramFolder* program = nullptr;
  bool may_share = true;  // many files are not copied, where the kernel can do without; where all
                          // of the copy is to be seen from outside, they must be
};

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
  // Borrows the tier.
  ProcessCell(const CellSurroundings& surroundings, const Tier& tier, CellParts parts);
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
  std::vector<ProcessDeath> deaths() override;

  // The folder in which the program starts, seen from outside the cell; also after its end.
  FileDescriptor open_work_folder();

 private:
  std::string state() const override;
  std::expected<FileDescriptor, CellFailure> make_socket(int family) override;
  int folder_descriptor() override;

  CellFolders folders() const;
  bool shares_network() const { return tier_.isolation == Isolation::kPlain; }
  // The sandbox's first process is bubblewrap.
  bool is_wrapper(pid_t pid) const {
    return tier_.isolation == Isolation::kSandbox && pid == supervisor_.first();
  }
  bool is_running() const { return started_ && !supervisor_.exit(); }
  std::optional<ExitStatus> exit() const;  // of the first process, as the program's own
  // Neither the first process nor any other of the cell is left; or nothing can be known any more.
  bool nobody_left() const { return supervisor_.is_empty() || supervisor_.is_lost(); }
  std::vector<pid_t> list_processes() const;
  bool has_news();
  std::vector<ino_t> open_sockets() const;
  bool is_ours(const ListeningSocket& socket) const;
  std::optional<Address> find_server();
  std::optional<Address> find_server_elsewhere();
  std::string instead_of_server(const std::string& evidence);
  CellFailure not_exited_failure(const WaitResult& result) const;
  CellFailure ended_failure(std::string_view before_what) const;
  std::string names_of(std::vector<pid_t> processes) const;
  std::string find_left_over();
  std::string ask_to_end();
  std::string end_processes();
  std::string memory_sentence() const;
  void look_for_deaths();

  const Tier& tier_;
  ScratchFolder folder_;
  std::optional<CellGroup> group_;
  SupervisorLink supervisor_;
  ProcessTable processes_;
  std::uint16_t port_;
  PortReservation reservation_;
  std::vector<FileDescriptor> listeners_;
  bool started_ = false;
  std::optional<Address> server_;  // where it listens
  bool has_connected_ = false;
  bool has_accepted_ = false;
  bool stopped_ = false;
  std::vector<CoreFile> old_cores_;  // that came with the program's folder
  std::vector<ProcessDeath> deaths_;
};

}  // namespace chatspec
