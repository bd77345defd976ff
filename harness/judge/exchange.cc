#include "harness/judge/exchange.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace chatspec {
namespace {

// Collects what one side sends on one connection without a word from the other in between, and cuts
// it into units.
class Exchange {
 public:
  Exchange(const Script& script, std::size_t max_bytes, std::size_t max_lines)
      : ours_(other(script.role)),
        line_ends_(script.profile.has_line_ends()),
        max_bytes_(max_bytes),
        max_head_(max_lines / 3),
        max_tail_(max_lines - max_lines / 3) {}

  void add(const Event& event) {
    switch (event.kind) {
      case EventKind::kSent:
        return add_bytes(ours_, event, true);
      case EventKind::kReceived:
        return add_bytes(other(ours_), event, false);
      case EventKind::kStarted:
        if (std::exchange(started_, true))
          add_note(other(ours_), event, "is ended and started again");
        return;
      case EventKind::kEndOfStream:
        return add_note(other(ours_), event, "closes the connection");
      case EventKind::kReset:
        return add_note(other(ours_), event, "resets the connection");
      case EventKind::kHalfClosed:
      case EventKind::kClosed:
        return add_note(ours_, event, "closes the connection");
      case EventKind::kAborted:
        return add_note(ours_, event, "resets the connection");
      default:
        return;
    }
  }

  std::vector<ExchangeLine> finish() {
    flush();
    if (left_out_ > 0) {
      ExchangeLine gap{.speaker = tail_.front().speaker,
                       .connection = tail_.front().connection,
                       .bytes = {},
                       .note = {}};
      gap.note = fmt::format("… {} more …", left_out_);
      head_.push_back(std::move(gap));
    }
    std::ranges::move(tail_, std::back_inserter(head_));
    return std::move(head_);
  }

 private:
  void add_bytes(Role speaker, const Event& event, bool sent) {
    if (speaker != speaker_ || event.connection != connection_ || (sent && event.step != step_))
      flush();
    speaker_ = speaker;
    connection_ = event.connection;
    step_ = event.step;
    pending_ += event.bytes;
    if (sent) segment_ends_.push_back(pending_.size());
  }

  void add_note(Role speaker, const Event& event, std::string note) {
    flush();
    keep(
        {.speaker = speaker, .connection = event.connection, .bytes = {}, .note = std::move(note)});
  }

  void flush() {
    std::string_view rest = pending_;
    std::size_t begin = 0;
    while (!rest.empty()) {
      const std::size_t end = line_ends_ ? rest.find('\n') : std::string_view::npos;
      const std::string_view unit =
          rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
      keep({.speaker = speaker_,
            .connection = connection_,
            .bytes = std::string(unit.substr(0, max_bytes_)),
            .note = {},
            .pieces = 1 + cuts_within(begin, begin + unit.size()),
            .left_out = unit.size() - std::min(unit.size(), max_bytes_)});
      rest.remove_prefix(unit.size());
      begin += unit.size();
    }
    pending_.clear();
    segment_ends_.clear();
  }

  std::size_t cuts_within(std::size_t begin, std::size_t end) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        segment_ends_, [&](std::size_t cut) { return cut > begin && cut < end; }));
  }

  void keep(ExchangeLine line) {
    if (head_.size() < max_head_) return head_.push_back(std::move(line));
    tail_.push_back(std::move(line));
    if (tail_.size() <= max_tail_) return;
    tail_.pop_front();
    ++left_out_;
  }

  Role ours_;
  bool line_ends_;
  std::size_t max_bytes_;
  std::size_t max_head_;
  std::size_t max_tail_;
  Role speaker_ = Role::kClient;
  int connection_ = 1;
  bool started_ = false;
  std::size_t step_ = 0;
  std::string pending_;
  std::vector<std::size_t> segment_ends_;  // of what is sent, in `pending_`
  std::vector<ExchangeLine> head_;
  std::deque<ExchangeLine> tail_;
  std::size_t left_out_ = 0;
};

}  // namespace

std::vector<ExchangeLine> list_exchange(const Script& script, const Transcript& transcript,
                                        std::size_t max_bytes, std::size_t max_lines) {
  Exchange exchange(script, max_bytes, max_lines);
  for (const Event& event : transcript.events()) exchange.add(event);
  return exchange.finish();
}

}  // namespace chatspec
