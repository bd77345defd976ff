// Messages with descriptors, between the harness and the processes that it forks for its cells. A
// message arrives whole or not at all.

#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

struct Message {
  std::string bytes;
  std::vector<FileDescriptor> descriptors;
  // Descriptors came with it that this process has no room for (its limit on open files), so that
  // some or all of them are lost.
  bool lost_descriptors = false;
};

// Two connected ends, both close-on-exec. Nothing, and errno set, where that fails.
std::optional<std::pair<FileDescriptor, FileDescriptor>> make_message_sockets();

// Borrows the descriptors. False, and errno set, where the other end is gone or the message is
// larger than the kernel carries (some 200 KB).
bool send_message(int socket, std::string_view bytes, std::span<const int> descriptors = {});

// Why no message was received.
enum class NoMessage {
  kEnd,          // the other end is gone
  kTimeout,      // `timeout_ms` is over
  kInterrupted,  // `interrupt` became readable
  kFailed,       // the kernel refused; errno says why
};

// Waits for the next message, without limit where `timeout_ms` is negative. `interrupt`, where it
// is a descriptor, ends the wait when it can be read.
std::expected<Message, NoMessage> receive_message(int socket, int timeout_ms, int interrupt = -1);

// Words of a message, one after the other: each has its size before it, so that any byte can stand
// in it.
class WordWriter {
 public:
  WordWriter& add(std::string_view word);
  WordWriter& add(std::int64_t number) { return add(std::string_view(std::to_string(number))); }
  WordWriter& add(const std::vector<std::string>& words);  // their number, then each
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads what a WordWriter wrote. Both ends are ours, so that a malformed message is a mistake of
// this program: words that are not there read as empty, and numbers as 0.
class WordReader {
 public:
  explicit WordReader(std::string_view bytes) : rest_(bytes) {}
  std::string_view word();
  std::int64_t number();
  std::vector<std::string> words();

 private:
  std::string_view rest_;
};

}  // namespace chatspec
