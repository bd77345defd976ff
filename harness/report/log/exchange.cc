// Bytes of one side are gathered until the other side says something, or something else happens;
// then they are cut into units. Where the log has left bytes out, the unit ends there and says how
// many they are.

#include "harness/report/log/exchange.h"

#include <algorithm>
#include <cassert>
#include <deque>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "reference/text/lines.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kHardlyMore = 2;
constexpr std::size_t kLeftOutColumns = 24;  // " … and 1048576 bytes more"

// How much is shown of so many bytes.
std::size_t fit(std::size_t bytes, std::size_t max_bytes) {
  if (bytes <= max_bytes) return bytes;
  return std::max(max_bytes - std::min(max_bytes, kLeftOutColumns), std::size_t{1});
}

class Exchange {
 public:
  Exchange(const RunRecord& run, const ExchangeLimits& limits)
      : ours_(other(run.role)),
        line_ends_(has_line_ends(run.profile)),
        max_bytes_(limits.max_bytes),
        max_head_(limits.max_head),
        max_tail_(limits.max_tail) {
    assert(max_bytes_ > 0 && max_tail_ > 0);
  }

  void add(const EventRecord& event) {
    switch (event.kind) {
      case EventKind::kSent:
        return add_bytes(ours_, event, true);
      case EventKind::kReceived:
        return add_bytes(other(ours_), event, false);
      case EventKind::kStarted:
        if (std::exchange(started_, true))
          add_note(other(ours_), event, "is stopped and started again");
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
      for (; tail_.size() > max_tail_; ++left_out_) tail_.pop_front();
      head_.push_back({.note = fmt::format("{} more lines", left_out_), .is_gap = true});
    }
    std::ranges::move(tail_, std::back_inserter(head_));
    return std::move(head_);
  }

 private:
  void add_bytes(Role speaker, const EventRecord& event, bool sent) {
    if (speaker != speaker_ || event.connection != connection_ || (sent && event.step != step_))
      flush();
    speaker_ = speaker;
    connection_ = event.connection;
    step_ = event.step;
    pending_ += event.bytes.begin;
    if (!event.bytes.is_whole()) {
      flush(event.bytes.omitted->count);
      pending_ = event.bytes.omitted->end;
    }
    if (sent) segment_ends_.push_back(pending_.size());
  }

  void add_note(Role speaker, const EventRecord& event, std::string note) {
    flush();
    keep({.speaker = speaker, .connection = event.connection, .note = std::move(note)});
  }

  // `missing` bytes follow the pending ones, and are not there.
  void flush(std::uint64_t missing = 0) {
    std::string_view rest = pending_;
    std::size_t begin = 0;
    while (!rest.empty()) {
      const std::string_view unit =
          line_ends_ ? chat::take_whole_line(rest) : std::exchange(rest, {});
      const std::size_t shown = fit(unit.size(), max_bytes_);
      keep({.speaker = speaker_,
            .connection = connection_,
            .bytes = std::string(unit.substr(0, shown)),
            .pieces = 1 + cuts_within(begin, begin + unit.size()),
            .left_out = unit.size() - shown + (rest.empty() ? missing : 0)});
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
    if (tail_.size() <= max_tail_ + kHardlyMore) return;
    tail_.pop_front();
    ++left_out_;
  }

  Role ours_;
  bool line_ends_;
  std::size_t max_bytes_;
  std::size_t max_head_;
  std::size_t max_tail_;
  Role speaker_ = Role::kClient;
  std::uint64_t connection_ = 1;
  bool started_ = false;
  std::uint64_t step_ = 0;
  std::string pending_;
  std::vector<std::size_t> segment_ends_;  // of what is sent, in `pending_`
  std::vector<ExchangeLine> head_;
  std::deque<ExchangeLine> tail_;
  std::size_t left_out_ = 0;
};

}  // namespace

std::string show_bytes(const ExchangeLine& line) {
  std::string text = chat::quote(line.bytes);
  if (line.left_out > 0) text += fmt::format(" … and {} bytes more", line.left_out);
  if (line.pieces > 1) text += fmt::format(" (in {} segments)", line.pieces);
  return text;
}

std::vector<ExchangeLine> list_exchange(const RunRecord& run, const CaseRecord& record,
                                        const ExchangeLimits& limits) {
  Exchange exchange(run, limits);
  for (const EventRecord& event : record.events) exchange.add(event);
  return exchange.finish();
}

}  // namespace chatspec
