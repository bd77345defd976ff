// Starts the program of a cell, between a supervisor's fork and exec.

#pragma once

#include <expected>
#include <string_view>

#include <sys/types.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cell/supervisor/message_socket.h"
#include "harness/cell/supervisor/supervisor.h"

namespace chatspec {

void write_start_request(const StartRequest& request, WordWriter& words);
StartRequest read_start_request(WordReader& words);

struct StartFailure {
  std::string_view what;
  int error = 0;  // as errno
};

// What goes with a request.
struct StartDescriptors {
  FileDescriptor output{};
  FileDescriptor errors{};
  FileDescriptor group{};  // if valid: the entrance of the cell's group (control_group.h)
};

// What failed where it is the program itself that cannot be run.
inline constexpr std::string_view kCannotRun = "cannot run it";

// Gives the process: a child of ours in a session of its own, with nothing on standard input, the
// two descriptors for its output and errors, no other descriptor, no blocked signal and no handler.
// It runs the program; a program that cannot be run is a failure here.
std::expected<pid_t, StartFailure> start_program(const StartRequest& request,
                                                 const StartDescriptors& descriptors);

}  // namespace chatspec
