#include "harness/cli/output.h"

#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/report/printable.h"
#include "harness/report/style.h"

namespace chatspec {
namespace {

int failure = 0;  // the first, as errno

bool note(bool written) {
  if (!written && failure == 0) failure = errno;
  return failure == 0;
}

}  // namespace

void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0) continue;
    // Gets the lowest number that is free, which is this one; and is open for the other direction.
    [[maybe_unused]] const int held =
        open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    assert(held < 0 || held == stream);
  }
}

void say(std::string_view text) {
  note(std::fwrite(text.data(), 1, text.size(), stdout) == text.size());
}

void complain(std::string_view message) {
  warn(fmt::format("chatspec: {}\n", without_controls(message)));
}

void warn(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool flush_output() {
  std::cout.flush();  // CLI11 prints its help there; it has no buffer but stdout's
  return note(std::fflush(stdout) == 0 && std::ferror(stdout) == 0);
}

std::string describe_output_failure() {
  return fmt::format("cannot write to standard output: {}", std::strerror(failure));
}

bool has_reader_left() {
  return failure == EPIPE;
}

bool is_able_terminal(int descriptor) {
  return isatty(descriptor) == 1 && obeys_controls(std::getenv("TERM"));
}

bool wants_colour_on_output() {
  return wants_colour(std::getenv("NO_COLOR"), std::getenv("CLICOLOR_FORCE"),
                      is_able_terminal(STDOUT_FILENO));
}

}  // namespace chatspec
