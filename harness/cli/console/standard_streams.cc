#include "harness/cli/console/standard_streams.h"

#include <cassert>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <string_view>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>
#include <sys/ioctl.h>

#include "harness/report/text/paragraph.h"
#include "harness/report/text/style.h"

namespace chatspec {
namespace {

// Whether it is a terminal that can move back and write a line anew.
bool is_able_terminal(int descriptor) {
  return isatty(descriptor) == 1 && obeys_controls(std::getenv("TERM"));
}

std::optional<std::size_t> window_columns(int descriptor) {
  winsize size{};
  const bool is_known = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? std::optional<std::size_t>(size.ws_col) : std::nullopt;
}

// What COLUMNS says, where it is a number.
std::optional<std::size_t> chosen_columns() {
  const char* text = std::getenv("COLUMNS");
  if (text == nullptr) return std::nullopt;
  const std::string_view digits(text);
  std::size_t columns = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), columns);
  const bool is_number = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  return is_number && columns > 0 ? std::optional(columns) : std::nullopt;
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
  return window_columns(STDERR_FILENO).value_or(kColumns);
}

// Of a pipe or a file nobody knows who reads it in which window.
std::optional<std::size_t> StandardStreams::terminal_columns() const {
  if (isatty(STDOUT_FILENO) != 1) return std::nullopt;
  return report_columns();
}

std::size_t StandardStreams::report_columns() const {
  if (isatty(STDOUT_FILENO) != 1) return kColumns;
  if (const auto chosen = chosen_columns()) return *chosen;
  return window_columns(STDOUT_FILENO).value_or(kColumns);
}

bool StandardStreams::shows_links() const {
  return is_able_terminal(STDOUT_FILENO) &&
         chatspec::shows_links([](const char* name) { return std::getenv(name); });
}

bool StandardStreams::note(bool written) {
  if (!written && failure_ == 0) failure_ = errno;
  return failure_ == 0;
}

}  // namespace chatspec
