// A program that the kernel does not begin to run as long as a test wants.

#pragma once

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>

#include "harness/cell/file_descriptor.h"
#include "reference/tests/test_folder.h"

namespace chatspec::testing {

// A program that nobody can begin to run, since we hold a lease on its file: whoever tries waits
// until we give it up or the kernel takes it away, which is later than anything in a test.
class LeasedProgram {
 public:
  LeasedProgram() {
    folder_.write("program", "#!/bin/sh\nexec sleep 1000\n");
    std::filesystem::permissions(folder(), std::filesystem::perms(0755));
    std::filesystem::permissions(path(), std::filesystem::perms(0755));
    file_ = FileDescriptor(open(path().c_str(), O_RDWR | O_CLOEXEC));
    // By default the kernel sends the holder a signal that would end us.
    leased_ = file_ && fcntl(file_.get(), F_SETSIG, SIGURG) == 0 &&
              fcntl(file_.get(), F_SETLEASE, F_WRLCK) == 0;
  }

  const std::filesystem::path& folder() const { return folder_.path(); }
  std::string path() const { return folder_.at("program"); }
  bool is_leased() const { return leased_; }

 private:
  chat::TestFolder folder_;
  FileDescriptor file_;
  bool leased_ = false;
};

}  // namespace chatspec::testing
