// For tests: the real programs as child processes.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "reference/tests/test_folder.h"

namespace chat {

// How a program ended.
struct Ended {
  int status = 0;  // the exit status, or minus the signal's number
  std::string errors;
};

// A running program. Its standard output goes to a file, which never blocks it; its errors come
// through a pipe. Killed on destruction, so that a failed test leaves nothing behind.
class Child {
 public:
  // `name` is that of a program in the build's folder for programs.
  Child(std::string_view name, const std::vector<std::string>& arguments, std::string output_path);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Waits for "listening on ADDRESS:PORT" and gives the port; 0 where the program ended without it.
  std::uint16_t await_port();
  void signal(int number);
  // Waits for the end of the program.
  Ended wait();
  // What the program has written to its standard output.
  std::string output() const;

 private:
  bool read_errors();

  pid_t process_ = -1;
  int errors_descriptor_ = -1;
  std::string errors_;
  std::string output_path_;
};

// Runs a program to its end, its standard output in `folder`.
Ended run(std::string_view name, const std::vector<std::string>& arguments,
          const TestFolder& folder);

}  // namespace chat
