#include "harness/cell/output_pipe.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>

#include <sys/ioctl.h>

#include "harness/cell/reading.h"

namespace chatspec {
namespace {

constexpr std::size_t kReadSize = std::size_t{64} << 10;
constexpr int kMaxReadsAtOnce = 8;

}  // namespace

std::optional<Pipe> make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  Pipe pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return std::nullopt;
  return pipe;
}

void OutputPipe::keep(std::string_view bytes) {
  const std::size_t room = kMaxOutputBytes - output_.bytes.size();
  output_.bytes.append(bytes.substr(0, room));
  output_.truncated |= bytes.size() > room;
}

// Gives whether there may be more.
bool OutputPipe::read_once() {
  std::array<char, kReadSize> buffer;
  const bool fails = is_faulted(KernelPlace::kReceive);
  const ssize_t size = fails ? -1 : read(pipe_.get(), buffer.data(), buffer.size());
  if (size > 0) {
    keep({buffer.data(), static_cast<std::size_t>(size)});
    return true;
  }
  if (size < 0 && errno == EINTR) return true;
  if (size < 0 && errno == EAGAIN) return false;
  if (size < 0) error_ = errno;
  pipe_.reset();
  return false;
}

void OutputPipe::pull() {
  for (int i = 0; i < kMaxReadsAtOnce && pipe_ && read_once(); ++i) {
  }
}

void OutputPipe::mark_end() {
  pull();
  // The first time counts, where a program is ended twice: what it wrote of that is no fault of
  // its.
  output_.before_end = std::min(output_.before_end, output_.bytes.size());
}

bool OutputPipe::has_unread() const {
  int size = 0;
  if (!pipe_) return false;
  const bool is_seen =
      !is_faulted(KernelPlace::kCountUnread) && ioctl(pipe_.get(), FIONREAD, &size) == 0;
  return !is_seen || size > 0;
}

void OutputPipe::finish() {
  if (!pipe_) return;
  const int capacity = fcntl(pipe_.get(), F_GETPIPE_SZ);
  const std::size_t most = output_.bytes.size() + static_cast<std::size_t>(std::max(capacity, 0));
  while (pipe_ && !output_.truncated && output_.bytes.size() < most && read_once()) {
  }
  pipe_.reset();
}

}  // namespace chatspec
