// One process that the harness started: the first of a cell.

#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "harness/cell/cell.h"
#include "harness/cell/file_descriptor.h"

namespace chatspec {

class Process {
 public:
  // Starts argv[0], looked up in PATH, in a session of its own, in `folder`, with the harness's
  // environment and `variables` ("NAME=value"), nothing on standard input and pipes for output and
  // errors. It inherits no other descriptor, no blocked signal and no handler. Thread-safe.
  static std::expected<Process, CellFailure> start(const std::vector<std::string>& argv,
                                                   const std::filesystem::path& folder,
                                                   const std::vector<std::string>& variables);

  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();  // kills its process group and reaps it, unless reap() did

  // Its process, process group and session. No other process gets these numbers until it is reaped.
  pid_t pid() const { return pid_; }
  int pidfd() const { return pidfd_.get(); }  // readable from its end on

  // The reading ends of its output and errors, non-blocking; to be taken once.
  FileDescriptor take_output() { return std::move(output_); }
  FileDescriptor take_errors() { return std::move(errors_); }

  // How it ended; nothing while it runs. Leaves it unreaped.
  std::optional<ExitStatus> exit() const;

  // Gives its number back to the kernel. To be called when it has ended, or was killed, and nobody
  // will signal its group any more.
  void reap();

 private:
  Process(pid_t pid, FileDescriptor pidfd, FileDescriptor output, FileDescriptor errors);

  pid_t pid_;
  bool reaped_ = false;
  mutable std::optional<ExitStatus> exit_;
  FileDescriptor pidfd_;
  FileDescriptor output_;
  FileDescriptor errors_;
};

}  // namespace chatspec
