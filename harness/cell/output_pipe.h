// The reading end of a program's standard output or error. It is always read, so that the program
// never blocks on it, and only so much is kept.

#pragma once

#include <optional>
#include <string_view>

#include "harness/cell/cell.h"
#include "harness/cell/file_descriptor.h"

namespace chatspec {

struct Pipe {
  FileDescriptor read_end;   // non-blocking
  FileDescriptor write_end;  // blocking: to a program its output must look like any other
};
std::optional<Pipe> make_pipe();  // nothing, and errno set, where that fails

class OutputPipe {
 public:
  OutputPipe() = default;
  // `pipe` is non-blocking.
  explicit OutputPipe(FileDescriptor pipe) : pipe_(std::move(pipe)) {}
  // Reads from this one from now on, and keeps what it has. `pipe` is non-blocking.
  void go_on_with(FileDescriptor pipe) { pipe_ = std::move(pipe); }

  int fd() const { return pipe_.get(); }  // negative at the end of the output

  // Reads what is there, a bounded amount at a time.
  void pull();
  // Reads what is there and notes that what comes from now on comes after the program was asked to
  // end.
  void mark_end();
  // Reads the rest and lets go of the pipe. Whoever still writes to it is not waited for.
  void finish();

  // Something waits there to be read, and perhaps somebody waits for room; or that cannot be seen.
  bool has_unread() const;
  // Why not all of it could be read, as errno; 0 where all could.
  int error() const { return error_; }

  const Output& output() const { return output_; }

 private:
  bool read_once();
  void keep(std::string_view bytes);

  FileDescriptor pipe_;
  Output output_;
  int error_ = 0;
};

}  // namespace chatspec
