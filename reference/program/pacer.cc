#include "reference/program/pacer.h"

#include <algorithm>
#include <utility>

#include <asio/buffer.hpp>
#include <sys/timerfd.h>

namespace chat {
namespace {

// Between two looks at a peer that takes its time: about as long as a process needs to be woken,
// and up to what costs nothing worth speaking of, even where a peer never reads.
constexpr std::chrono::microseconds kFirstInterval{50};
constexpr std::chrono::milliseconds kLongestInterval{5};

// A timer of our own, which is not set when it has expired. Asio's always is, once one was used,
// and who looks at this program from outside could no longer see that only input will wake it.
int make_timer() {
  return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
}

bool set_timer(int timer, std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  itimerspec spec{};
  spec.it_value.tv_sec = seconds.count();
  spec.it_value.tv_nsec = (time - seconds).count();
  return timerfd_settime(timer, 0, &spec, nullptr) == 0;
}

}  // namespace

Pacer::Pacer(const asio::any_io_executor& executor, Look look, std::chrono::milliseconds pause)
    : timer_(executor), look_(std::move(look)), pause_(pause) {
  std::error_code no_timer;
  timer_.assign(make_timer(), no_timer);
}

void Pacer::sent(std::size_t size) {
  sent_bytes_ += size;
  sent_at_ = Clock::now();
  answered_ = false;
}

void Pacer::when_taken(Go go) {
  interval_ = kFirstInterval;
  look_again(std::move(go));
}

void Pacer::hurry() {
  hurried_ = true;
  std::error_code ignored;
  timer_.cancel(ignored);
}

// Without a timer, which is to say without a free descriptor, a unit goes at once.
void Pacer::look_again(Go go) {
  const auto time = remaining();
  if (time.count() <= 0 || !timer_.is_open() || !set_timer(timer_.native_handle(), time)) {
    go();
    return;
  }
  timer_.async_read_some(asio::buffer(&expirations_, sizeof expirations_),
                         [this, go = std::move(go)](const std::error_code&, std::size_t) mutable {
                           look_again(std::move(go));
                         });
}

std::chrono::nanoseconds Pacer::remaining() {
  if (hurried_ || sent_bytes_ == 0) return {};
  switch (look_(sent_bytes_)) {
    case PeerSocket::View::kTaken:
      was_seen_ = true;
      return {};
    case PeerSocket::View::kPending:
      was_seen_ = true;
      return std::exchange(interval_,
                           std::min<std::chrono::nanoseconds>(2 * interval_, kLongestInterval));
    case PeerSocket::View::kUnseen:
      if (was_seen_ || answered_) return {};
      return sent_at_ + pause_ - Clock::now();
  }
  std::unreachable();
}

}  // namespace chat
