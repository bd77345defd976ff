// A timer that is not set when it has rung or was cancelled. Asio's own always is, once one was
// used, and who looks at this program from outside could no longer see that only input will wake
// it.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include <asio/any_io_executor.hpp>
#include <asio/posix/stream_descriptor.hpp>

namespace chat {

class Alarm {
 public:
  // Told whether the time has passed; else it was cancelled.
  using Done = std::move_only_function<void(bool rang)>;

  explicit Alarm(const asio::any_io_executor& executor) : timer_(executor) {}

  // Whether there is a timer: false where there is no free descriptor for one.
  bool open();
  // Of one that is open: calls `done` once, after this call has returned. One at a time.
  void set(std::chrono::nanoseconds time, Done done);
  // If it is set, `done` is called soon after this call has returned.
  void cancel();

 private:
  asio::posix::stream_descriptor timer_;  // from the first use on
  std::uint64_t expirations_ = 0;
};

}  // namespace chat
