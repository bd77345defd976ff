#include "harness/cli/standard_streams.h"

#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/ioctl.h>

#include "harness/report/paragraph.h"
#include "harness/report/style.h"

namespace chatspec {
namespace {

// Whether it is a terminal that can move back and write a line anew.
bool is_able_terminal(int descriptor) {
  return isatty(descriptor) == 1 && obeys_controls(std::getenv("TERM"));
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

void StandardStreams::say(std::string_view text) {
  note(std::fwrite(text.data(), 1, text.size(), stdout) == text.size());
}

void StandardStreams::warn(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool StandardStreams::flush() {
  return note(std::fflush(stdout) == 0 && std::ferror(stdout) == 0);
}

std::string StandardStreams::describe_failure() const {
  return fmt::format("cannot write to standard output: {}", std::strerror(failure_));
}

bool StandardStreams::has_reader_left() const {
  return failure_ == EPIPE;
}

bool StandardStreams::would_colour() const {
  return chatspec::wants_colour(std::getenv("NO_COLOR"), std::getenv("CLICOLOR_FORCE"),
                                is_able_terminal(STDOUT_FILENO));
}

bool StandardStreams::can_rewrite_line() const {
  return is_able_terminal(STDERR_FILENO);
}

// Asked anew each time: a window may be made narrower.
std::size_t StandardStreams::columns() const {
  winsize size{};
  const bool is_known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : kColumns;
}

bool StandardStreams::note(bool written) {
  if (!written && failure_ == 0) failure_ = errno;
  return failure_ == 0;
}

}  // namespace chatspec
