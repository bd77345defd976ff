// Our end of one connection, non-blocking, with what has arrived and has not been taken yet.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "harness/cell/address.h"
#include "harness/cell/file_descriptor.h"
#include "harness/cell/observer.h"

namespace chatspec {

// What is kept of a connection at most. Beyond it nothing more is read until the harness takes it,
// so that a peer without end is held up by TCP's own flow control instead of filling our memory.
inline constexpr std::size_t kMaxInboxBytes = std::size_t{32} << 20;

class Connection {
 public:
  enum class Ending { kNone, kEndOfStream, kReset };

  // Makes the socket non-blocking, and each of our writes a segment of its own (TCP_NODELAY).
  explicit Connection(FileDescriptor socket);

  int fd() const { return socket_.get(); }  // negative once closed
  const Address& local() const { return local_; }
  const Address& remote() const { return remote_; }

  // Reads what has arrived, as far as there is room, a bounded amount at a time. All that arrived
  // before the end of the stream, or before a reset, comes before it.
  void pull();
  bool has_room() const { return inbox_.size() < kMaxInboxBytes; }
  bool open_for_reading() const { return socket_ && ending_ == Ending::kNone && error_ == 0; }

  std::string take();  // all that was read; empty where there is nothing
  bool has_bytes() const { return !inbox_.empty(); }
  Ending ending() const { return ending_; }
  // What of it our own kernel refused, as errno; 0 where nothing. Then nothing more is read.
  int error() const { return error_; }

  // Sends what fits, and gives how much that was, 0 included; nothing where the connection is reset
  // or closed, or where our own kernel refuses.
  std::optional<std::size_t> push(std::string_view bytes);
  ConnectionView view() const;

  // A call other than reading has met the reset, which the kernel reports only once.
  void note_reset() { reset_met_ = true; }

  void half_close();
  void close();  // in order, even where there is something unread
  void reset();

 private:
  FileDescriptor socket_;
  Address local_;
  Address remote_;
  std::string inbox_;
  Ending ending_ = Ending::kNone;
  bool reset_met_ = false;
  std::uint64_t sent_ = 0;
  bool we_ended_ = false;
  int error_ = 0;
};

}  // namespace chatspec
