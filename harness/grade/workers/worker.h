// A process of chatspec's own that plays one submission.

#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// How it ended, and what it said on standard error, without more than is read by anybody.
struct WorkerEnd {
  int status = 0;               // its exit status, where it was not killed
  std::optional<int> signal{};  // by which it was killed
  std::string errors{};
};

class Worker {
 public:
  // Starts a program with these words, the first of which it sees as its name, in a process group
  // of its own, with nothing on standard input and nobody to read its standard output. It dies with
  // this process. While there is a single thread. The error is a sentence without a full stop.
  static std::expected<Worker, std::string> start(const std::string& program,
                                                  const std::vector<std::string>& words);

  Worker(Worker&&) noexcept = default;
  Worker& operator=(Worker&&) = delete;
  ~Worker();  // kills it, if it lives

  int process() const { return process_.get(); }  // can be read once it has ended
  int errors() const { return errors_.get(); }    // can be read when it has said something

  // Takes what it has said, as far as it is there.
  void read_errors();
  void signal(int number) const;
  // To be called once it has ended.
  WorkerEnd finish();

 private:
  Worker(pid_t pid, FileDescriptor process, FileDescriptor errors)
      : pid_(pid), process_(std::move(process)), errors_(std::move(errors)) {}

  pid_t pid_ = 0;
  FileDescriptor process_;  // none once it was waited for
  FileDescriptor errors_;
  std::string said_{};
};

}  // namespace chatspec
