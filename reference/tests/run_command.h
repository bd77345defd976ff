// For tests: command lines, run as a user types them.

#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace chat {

// With one blank in place of each run of blanks and line ends.
inline std::string unwrapped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n';
    if (!is_blank || !out.ends_with(' ')) out += is_blank ? ' ' : c;
  }
  return out;
}

struct CommandOutcome {
  int status = -1;     // -1 if a signal ended it
  std::string output;  // what the command line writes to standard output

  // Whether the words stand in it, wherever the lines are broken.
  bool says(std::string_view words) const { return unwrapped(output).contains(unwrapped(words)); }
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
