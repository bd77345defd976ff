// Starts the program of a cell: between a supervisor's fork and exec. The kernel may take long to
// begin to run a program (its file lies on a server that does not answer, somebody holds a lease on
// it), so nobody waits for that here: the supervisor goes on to serve, and learns from a pipe what
// became of the start.

#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include <sys/types.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/supervisor/supervisor_protocol.h"

namespace chatspec {

struct StartFailure {
  std::string_view what;
  int error = 0;  // as errno
};

// What goes with a request.
struct StartDescriptors {
  FileDescriptor output{};
  FileDescriptor errors{};
  FileDescriptor filter{};  // where the request says so: see StartRequest::is_filtered
  FileDescriptor group{};   // if valid: the entrance of the cell's group (control_group.h)
};

// What failed where it is the program itself that cannot be run.
inline constexpr std::string_view kCannotRun = "cannot run it";

// A process that is about to run a program.
struct BegunProgram {
  pid_t pid = 0;
  FileDescriptor report{};  // can be read, without blocking, as soon as take_start_report() knows
};

// Forks: a child of ours in a session of its own, with nothing on standard input, the two
// descriptors for its output and errors, no other descriptor, no blocked signal and no handler,
// which is to run the program.
std::expected<BegunProgram, StartFailure> begin_program(const StartRequest& request,
                                                        const StartDescriptors& descriptors);

// Whether it runs the program now, or why it cannot; nothing while that is not decided. One that
// was killed before counts as running: its end tells the rest.
std::optional<std::expected<void, StartFailure>> take_start_report(const FileDescriptor& report);

}  // namespace chatspec
