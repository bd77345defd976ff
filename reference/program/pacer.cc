#include "reference/program/pacer.h"

#include <algorithm>
#include <utility>

namespace chat {
namespace {

// Between two looks at a peer that takes its time: about as long as a process needs to be woken,
// and up to what costs nothing worth speaking of, even where a peer never reads.
constexpr std::chrono::microseconds kFirstInterval{50};
constexpr std::chrono::milliseconds kLongestInterval{5};

}  // namespace

Pacer::Pacer(const asio::any_io_executor& executor, Look look, std::chrono::milliseconds pause)
    : alarm_(executor), look_(std::move(look)), pause_(pause) {}

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
  alarm_.cancel();
}

// Without a timer, which is to say without a free descriptor, a unit goes at once.
void Pacer::look_again(Go go) {
  const auto time = remaining();
  if (time.count() <= 0 || !alarm_.open()) {
    go();
    return;
  }
  alarm_.set(time, [this, go = std::move(go)](bool) mutable { look_again(std::move(go)); });
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
