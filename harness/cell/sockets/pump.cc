#include "harness/cell/sockets/pump.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <sys/stat.h>

namespace chatspec {
namespace {

timespec until_then(std::chrono::nanoseconds time) {
  time = std::max(time, std::chrono::nanoseconds{0});
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  return {.tv_sec = seconds.count(), .tv_nsec = (time - seconds).count()};
}

}  // namespace

// What has ended is left out: poll() would report it for ever, and turn each wait into a busy loop.
std::vector<pollfd> Pump::watched(bool heed_interrupt) const {
  std::vector<pollfd> fds{
      {.fd = supervisor_ ? supervisor_->fd() : -1, .events = POLLIN, .revents = 0},
      {.fd = heed_interrupt ? interrupt_.fd() : -1, .events = POLLIN, .revents = 0},
      {.fd = output_.fd(), .events = POLLIN, .revents = 0},
      {.fd = errors_.fd(), .events = POLLIN, .revents = 0}};
  for (const auto& connection : connections_) {
    if (!connection.open_for_reading() || !connection.has_room()) continue;
    fds.push_back({.fd = connection.fd(), .events = POLLIN, .revents = 0});
  }
  return fds;
}

std::optional<std::string> Pump::trouble() const {
  const auto explain = [](std::string_view what, int error) {
    return fmt::format("cannot read {}: {}", what, std::strerror(error));
  };
  for (const OutputPipe* pipe : {&output_, &errors_}) {
    if (pipe->error() != 0) return explain("the output of the program", pipe->error());
  }
  for (const Connection& connection : connections_) {
    if (connection.error() != 0) return explain("a connection", connection.error());
  }
  return std::nullopt;
}

std::vector<ino_t> Pump::pipes() const {
  std::vector<ino_t> inodes;
  for (const int fd : {output_.fd(), errors_.fd()}) {
    struct stat facts{};
    if (fd >= 0 && fstat(fd, &facts) == 0) inodes.push_back(facts.st_ino);
  }
  return inodes;
}

void Pump::wait(TimePoint until, std::span<const pollfd> others, bool heed_interrupt) {
  std::vector<pollfd> fds = watched(heed_interrupt);
  fds.insert(fds.end(), others.begin(), others.end());
  const timespec timeout = until_then(until - clock_.now());
  ppoll(fds.data(), fds.size(), &timeout, nullptr);
  if (supervisor_) supervisor_->take_news();
  output_.pull();
  errors_.pull();
  for (auto& connection : connections_) connection.pull();
}

}  // namespace chatspec
