// A judge that walks through a script must not see what came later than the step it looks at: a
// close that comes with the third step says nothing of the first. So events are taken in step by
// step. Bytes and ends of streams stay; that it was quiet holds for one step only, as it answers to
// what was awaited there.

#include "harness/judge/transcript_view.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace chatspec {

std::string_view StreamView::rest_before(std::size_t sent_bytes) const {
  const auto late = std::ranges::lower_bound(arrivals, sent_bytes, {}, &Arrival::sent);
  const std::size_t end = late == arrivals.begin() ? 0 : std::prev(late)->end;
  return rest().substr(0, end - std::min(end, consumed));
}

std::size_t StreamView::sent_before(std::size_t place) const {
  const auto arrival = std::ranges::upper_bound(arrivals, place, {}, &Arrival::end);
  return arrival == arrivals.end() ? sent : arrival->sent;
}

std::string_view StreamView::rest() const {
  assert(consumed <= received.size());
  return std::string_view(received).substr(consumed);
}

void TranscriptView::advance_to(std::size_t step) {
  assert(step >= step_ && "what was taken in stays");
  step_ = step;
  for (auto& [connection, stream] : streams_) {
    if (stream.state == StreamState::kQuiet) stream.state = StreamState::kOpen;
  }
  quiet_ = nullptr;
  for (; next_ < events_.size() && events_[next_].step <= step; ++next_) take_in(events_[next_]);
}

void TranscriptView::take_in(const Event& event) {
  StreamView& stream = streams_[event.connection];
  switch (event.kind) {
    case EventKind::kReceived:
      stream.received += event.bytes;
      stream.arrivals.push_back({.end = stream.received.size(), .sent = stream.sent});
      break;
    case EventKind::kSent:
      stream.sent += event.bytes.size();
      break;
    case EventKind::kEndOfStream:
      stream.state = StreamState::kEnded;
      break;
    case EventKind::kReset:
      stream.state = StreamState::kReset;
      break;
    case EventKind::kQuiet:
      if (stream.state == StreamState::kOpen) stream.state = StreamState::kQuiet;
      quiet_ = &event;
      break;
    case EventKind::kStarted:
      started_ = true;
      break;
    case EventKind::kListening:
      listening_ = &event;
      break;
    case EventKind::kConnected:
      connected_.push_back(event.connection);
      break;
    case EventKind::kExited:
      exit_ = event.exit;
      break;
    default:
      break;
  }
}

bool TranscriptView::is_connected(int connection) const {
  return std::ranges::find(connected_, connection) != connected_.end();
}

int TranscriptView::last_connection() const {
  return connected_.empty() ? 0 : std::ranges::max(connected_);
}

}  // namespace chatspec
