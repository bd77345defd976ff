#include "reference/program/alarm.h"

#include <algorithm>
#include <utility>

#include <asio/buffer.hpp>
#include <sys/timerfd.h>

namespace chat {
namespace {

using namespace std::chrono_literals;

// Of no time it is set no longer.
void set_timer(int timer, std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  itimerspec spec{};
  spec.it_value.tv_sec = seconds.count();
  spec.it_value.tv_nsec = (time - seconds).count();
  timerfd_settime(timer, 0, &spec, nullptr);  // fails only for what is no time or no timer
}

}  // namespace

bool Alarm::open() {
  if (timer_.is_open()) return true;
  std::error_code no_timer;
  timer_.assign(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK), no_timer);
  return !no_timer;
}

void Alarm::set(std::chrono::nanoseconds time, Done done) {
  set_timer(timer_.native_handle(), std::max<std::chrono::nanoseconds>(time, 1ns));
  timer_.async_read_some(asio::buffer(&expirations_, sizeof expirations_),
                         [done = std::move(done)](const std::error_code& error,
                                                  std::size_t) mutable { done(!error); });
}

void Alarm::cancel() {
  if (!timer_.is_open()) return;
  set_timer(timer_.native_handle(), 0ns);
  std::error_code ignored;
  timer_.cancel(ignored);
}

}  // namespace chat
