// Who owns a descriptor of the kernel. Every one that this folder makes is close-on-exec from the
// start, because cells start processes from several threads at once, and a descriptor that leaks
// into another cell's process keeps a connection or a pipe open behind our back.

#pragma once

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace chatspec {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~FileDescriptor() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

// All of it. Where it fails, errno is set, and a part may have been written.
inline bool write_all(const FileDescriptor& descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(descriptor.get(), bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

inline bool set_non_blocking(const FileDescriptor& descriptor) {
  return fcntl(descriptor.get(), F_SETFL, O_NONBLOCK) == 0;
}

}  // namespace chatspec
