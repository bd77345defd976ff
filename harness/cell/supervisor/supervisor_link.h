// The harness's end of a supervisor (supervisor.h): everything that can be asked of it, as calls.
//
// For one thread. Calls wait for the answer of a process of ours that answers at once; one that
// does not within a time that only a broken system needs is lost: the channel is closed, so that
// nothing it says later is taken for the answer to something else.

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
  // Makes a supervisor and waits until its cell is set up. `interrupt`, where it is a descriptor,
  // is borrowed: when it can be read, it ends the wait for the launcher (EINTR), and from then on
  // no answer is waited for much longer than it takes.
  static std::expected<SupervisorLink, LaunchFailure> open(Launcher& launcher,
                                                           const SupervisorPlan& plan,
                                                           int interrupt = -1);
  SupervisorLink(SupervisorLink&&) = default;
  SupervisorLink& operator=(SupervisorLink&&) = delete;
  ~SupervisorLink();  // the end of every process in the cell

  pid_t pid() const { return supervisor_.pid; }  // the supervisor's, among the host's processes
  // The cell's /proc; its folder, where the plan gave it a file system of its own (else invalid).
  FileDescriptor take_proc() { return std::move(proc_); }
  const FileDescriptor& folder() const { return folder_; }
  // Whether the plan's program folder lies in it as kProgramFolder.
  bool has_program_folder() const { return has_program_folder_; }

  // Begins to start the program; again, when the cell is empty, and what died before is forgotten.
  // The news tells whether it runs.
  std::expected<void, LaunchFailure> start(const StartRequest& start,
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
  // Whether the program runs now, or why it cannot, which is named kCannotRun where it is the
  // program's own doing; nothing while that is not decided.
  const std::optional<std::expected<void, LaunchFailure>>& start_outcome() const {
    return start_outcome_;
  }
  // The first process's number in the cell's /proc, and how it ended; nothing while it runs.
  pid_t first() const { return first_; }
  const std::optional<ExitStatus>& exit() const { return exit_; }
  // Orphans that a signal killed which a program brings upon itself.
  const std::vector<ProcessDeath>& deaths() const { return deaths_; }
  // Whether the program was started, and no process of the cell is left.
  bool is_empty() const { return empty_; }
  // Its processes were killed, because together they used more memory than they may.
  bool has_overrun() const { return overrun_; }
  // The supervisor itself has ended, or does not answer: without namespaces a program can kill or
  // stop it. Then nothing is known of the cell any more.
  bool is_lost() const { return lost_; }
  // Whether the supervisor itself has ended by now, so that its number may be another's.
  bool has_ended() const;

 private:
  SupervisorLink(LaunchedSupervisor supervisor, int interrupt)
      : supervisor_(std::move(supervisor)), interrupt_(interrupt) {}
  // A request begins with its number.
  WordWriter request(std::string_view word);
  std::expected<Message, LaunchFailure> ask(const WordWriter& words,
                                            std::span<const int> descriptors = {});
  std::expected<Message, LaunchFailure> await_answer();
  std::expected<Message, NoMessage> receive_patiently();
  void take_in(WordReader& news);
  void lose();

  LaunchedSupervisor supervisor_;
  int interrupt_;
  FileDescriptor proc_;
  FileDescriptor folder_;
  std::int64_t asked_ = kFirstRequest;  // the number of the last request
  pid_t first_ = 0;
  std::optional<std::expected<void, LaunchFailure>> start_outcome_;
  std::optional<ExitStatus> exit_;
  bool has_program_folder_ = false;
  std::vector<ProcessDeath> deaths_;
  bool empty_ = false;
  bool overrun_ = false;
  bool lost_ = false;
};

}  // namespace chatspec
