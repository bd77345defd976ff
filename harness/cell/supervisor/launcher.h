// The process that makes supervisors (supervisor.h). It is forked once, early, while the harness
// still has a single thread and little memory: forking from it is cheap and safe however many
// threads the harness has by then. It leaves the harness's session, so that a Ctrl-C is the
// harness's to handle, and it ends with the harness, and with it every supervisor and every cell.
// launcher_process.h says what it does; this is the harness's end.

#pragma once

#include <expected>
#include <memory>
#include <mutex>
#include <string>

#include <sys/types.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/supervisor/supervisor_protocol.h"

namespace chatspec {

// Why the kernel did not let a supervisor be made, or set its namespaces up.
struct LaunchFailure {
  std::string what;
  int error = 0;  // as errno; 0 where there is none

  std::string to_string() const;
};

// A supervisor that was made: our end of its socket, and the process itself.
struct LaunchedSupervisor {
  FileDescriptor socket;
  FileDescriptor pidfd;  // readable from its end on
  pid_t pid = 0;         // among the host's processes
};

class Launcher {
 public:
  // So long it may take to answer, as a process of ours that has nothing else to do.
  static constexpr int kPatienceMs = 30'000;

  // To be called while this process has a single thread.
  static std::expected<std::unique_ptr<Launcher>, LaunchFailure> fork(
      int patience_ms = kPatienceMs);
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;
  ~Launcher();  // ends it and all that came from it, and waits for that, for a bounded time

  // Thread-safe. The supervisor's first message (supervisor_word::kReady or kFailed) is still to
  // come. `interrupt`, where it is a descriptor, ends the wait for it (EINTR) when it can be read.
  std::expected<LaunchedSupervisor, LaunchFailure> launch(const SupervisorPlan& plan,
                                                          int interrupt = -1);

 private:
  Launcher(FileDescriptor socket, FileDescriptor pidfd, pid_t pid, int patience_ms)
      : socket_(std::move(socket)),
        pidfd_(std::move(pidfd)),
        pid_(pid),
        patience_ms_(patience_ms) {}
  std::expected<Message, LaunchFailure> ask(const SupervisorPlan& plan, int descriptor,
                                            int interrupt);

  std::mutex mutex_;
  FileDescriptor socket_;  // invalid once it did not answer in time
  std::int64_t requests_ = 0;
  FileDescriptor pidfd_;
  pid_t pid_;
  int patience_ms_;
};

}  // namespace chatspec
