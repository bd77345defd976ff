// For tests: command lines, run as a user types them.

#pragma once

#include <cstdio>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace chat {

struct CommandOutcome {
  int status = -1;     // -1 if a signal ended it
  std::string output;  // what the command line writes to standard output
};

// Runs a command line as a shell reads it, redirections and all.
inline CommandOutcome run_command_line(const std::string& line) {
  CommandOutcome outcome;
  std::FILE* pipe = popen(line.c_str(), "re");
  if (!pipe) {
    ADD_FAILURE() << "cannot run " << line;
    return outcome;
  }
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    outcome.output.append(buffer, n);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

}  // namespace chat
