// Keeps units apart where they have no line ends. Two that are sent one after the other reach the
// peer in one receive, and one that goes by receives then takes them for one (PROTOCOL.md,
// "Profiles"). So the next unit goes when the peer has taken the one before: where the peer is on
// this machine, when the kernel shows that it has; elsewhere, when it has answered, or after a
// pause.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

#include <asio/any_io_executor.hpp>

#include "reference/program/alarm.h"
#include "reference/program/peer_socket.h"

namespace chat {

class Pacer {
 public:
  // Looks at the peer, to which so many bytes were sent.
  using Look = std::move_only_function<PeerSocket::View(std::uint64_t sent_bytes)>;
  using Go = std::move_only_function<void()>;

  Pacer(const asio::any_io_executor& executor, Look look, std::chrono::milliseconds pause);

  // All of a unit, of `size` bytes, was given to the socket.
  void sent(std::size_t size);
  // The peer has sent something.
  void heard() { answered_ = true; }

  // Calls `go`, once: when the peer has taken all that was sent, which may be within this call, or
  // has gone. One at a time.
  void when_taken(Go go);
  // From now on nothing is worth waiting for: `go` is called soon after this call has returned.
  void hurry();

 private:
  using Clock = std::chrono::steady_clock;

  // How long to wait before the next look; zero where there is nothing to wait for.
  std::chrono::nanoseconds remaining();
  void look_again(Go go);

  Alarm alarm_;
  Look look_;
  std::chrono::milliseconds pause_;

  std::uint64_t sent_bytes_ = 0;
  Clock::time_point sent_at_;
  bool hurried_ = false;
  bool answered_ = false;  // since the last unit was sent
  bool was_seen_ = false;  // the peer's socket, which is thus on this machine
  std::chrono::nanoseconds interval_{0};
};

}  // namespace chat
