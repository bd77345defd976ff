// The harness's end of a supervisor (supervisor.h): everything that can be asked of it, as calls.
//
// For one thread. Calls wait for the answer of a process of ours that answers at once; one that
// does not within a time that only a broken system needs is the harness's own trouble.

#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "harness/cell/cell.h"
#include "harness/cell/supervisor/exec_program.h"
#include "harness/cell/supervisor/launcher.h"
#include "harness/cell/supervisor/message_socket.h"

namespace chatspec {

class SupervisorLink {
 public:
  // Makes a supervisor and waits until its cell is set up.
  static std::expected<SupervisorLink, LaunchFailure> open(Launcher& launcher,
                                                           const SupervisorPlan& plan);
  SupervisorLink(SupervisorLink&&) = default;
  SupervisorLink& operator=(SupervisorLink&&) = delete;
  ~SupervisorLink();  // the end of every process in the cell

  pid_t pid() const { return supervisor_.pid; }  // the supervisor's, among the host's processes
  // The cell's /proc; its folder, where the plan gave it a file system of its own (else invalid).
  FileDescriptor take_proc() { return std::move(proc_); }
  const FileDescriptor& folder() const { return folder_; }
  // Whether the plan's program folder lies in it as kProgramFolder.
  bool has_program_folder() const { return has_program_folder_; }

  // Starts the program; again, when the cell is empty, and what died before is forgotten. What
  // fails is named kCannotRun where it is the program's own doing.
  std::expected<void, LaunchFailure> start(const StartRequest& request,
                                           const StartDescriptors& descriptors);
  // A socket in the cell's network.
  std::expected<FileDescriptor, LaunchFailure> socket(int family, int type, int protocol);
  // A descriptor of one of the cell's processes, by its number in the cell's /proc.
  FileDescriptor process(pid_t pid);
  // Sends a signal to every process of the cell but a wrapper.
  void signal_all(int number);
  // Kills every process of the cell and waits for their end. The error is a sentence.
  std::expected<void, std::string> end_all();

  // Becomes readable when there is something unasked to take in.
  int fd() const { return supervisor_.socket.get(); }
  void take_news();
  // The first process's number in the cell's /proc, and how it ended; nothing while it runs.
  pid_t first() const { return first_; }
  const std::optional<ExitStatus>& exit() const { return exit_; }
  // Orphans that a signal killed which a program brings upon itself.
  const std::vector<ProcessDeath>& deaths() const { return deaths_; }
  // Whether the program was started, and no process of the cell is left.
  bool is_empty() const { return empty_; }
  // Its processes were killed, because together they used more memory than they may.
  bool has_overrun() const { return overrun_; }
  // The supervisor itself has ended: without namespaces a program can kill it.
  bool is_lost() const { return lost_; }

 private:
  explicit SupervisorLink(LaunchedSupervisor supervisor) : supervisor_(std::move(supervisor)) {}
  std::expected<Message, LaunchFailure> ask(const WordWriter& request,
                                            std::span<const int> descriptors = {});
  std::expected<Message, LaunchFailure> await_answer();
  bool is_news(const Message& message);

  LaunchedSupervisor supervisor_;
  FileDescriptor proc_;
  FileDescriptor folder_;
  pid_t first_ = 0;
  std::optional<ExitStatus> exit_;
  bool has_program_folder_ = false;
  std::vector<ProcessDeath> deaths_;
  bool empty_ = false;
  bool overrun_ = false;
  bool lost_ = false;
};

}  // namespace chatspec
