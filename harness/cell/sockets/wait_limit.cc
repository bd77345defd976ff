#include "harness/cell/sockets/wait_limit.h"

#include <algorithm>
#include <thread>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

constexpr int kMostStarved = 9;  // a deadline is put off by starvation, as a multiple of it
constexpr int kMostObscure = 2;  // and by so many patiences where it cannot be told what is done
constexpr int kClearLooks = 5;   // in a row, that a deadline takes
constexpr int kTogether = 10;    // as much processor time as of one thread may all of them use
constexpr auto kBetweenLooks = 5ms;
constexpr auto kFirstMeasure = 50ms;  // most waits are over before

}  // namespace

WaitLimit::WaitLimit(Observer& observer, TimePoint begin, const Amounts& amounts)
    : observer_(observer),
      amounts_(amounts),
      begin_(begin),
      deadline_(std::min(begin + amounts.patience, amounts.end)),
      next_measure_(begin + kFirstMeasure) {}

std::optional<QuietGrade> WaitLimit::check(TimePoint now,
                                           std::span<const ConnectionView> connections) {
  const bool is_due = amounts_.processor_time > 0ns;
  if (is_due && now >= next_measure_ && is_busy(now)) return QuietGrade::kBusy;
  if (now < deadline_) return std::nullopt;
  if (now >= amounts_.end) return cut_short(connections);
  const auto starved = std::min(observer_.starved(), kMostStarved * amounts_.patience);
  const TimePoint extended = begin_ + (1 + times_obscure_) * amounts_.patience + starved;
  if (now < extended) {
    deadline_ = std::min(extended, amounts_.end);
    return std::nullopt;
  }
  return must_be_told() ? check_obscurity(now, connections) : QuietGrade::kDeadline;
}

QuietGrade WaitLimit::cut_short(std::span<const ConnectionView> connections) {
  cut_short_ = true;
  if (!must_be_told()) return QuietGrade::kDeadline;
  obscurity_ = observer_.obscurity(connections);
  if (obscurity_.empty() && observer_.starved() > amounts_.patience)
    obscurity_ = "others kept it from the processors for longer than it may take";
  return obscurity_.empty() ? QuietGrade::kDeadline : QuietGrade::kUnknown;
}

std::optional<QuietGrade> WaitLimit::check_obscurity(TimePoint now,
                                                     std::span<const ConnectionView> connections) {
  obscurity_ = observer_.obscurity(connections);
  if (obscurity_.empty()) {
    if (++clear_looks_ == kClearLooks) return QuietGrade::kDeadline;
    deadline_ = std::min<TimePoint>(now + kBetweenLooks, amounts_.end);
    return std::nullopt;
  }
  if (times_obscure_ == kMostObscure) return QuietGrade::kUnknown;
  ++times_obscure_;
  clear_looks_ = 0;
  deadline_ = std::min(now + amounts_.patience, amounts_.end);
  return std::nullopt;
}

// No thread uses more of a processor than time goes by, and all of them together no more than the
// machine has, so that is when to measure again. One whose own threads keep each other from the
// processors would never be over its measure by one of them.
bool WaitLimit::is_busy(TimePoint now) {
  const ProcessorTime ran = observer_.processor_time();
  const bool was_read = ran.together > 0ns;  // else nobody knows what it has used before
  if (!ran_before_ && was_read) ran_before_ = ran;
  if (!ran_before_) {
    next_measure_ = now + kFirstMeasure;
    return false;
  }
  used_ = std::max(used_, ran.busiest - ran_before_->busiest);
  const auto together = ran.together - ran_before_->together;
  const auto left = amounts_.processor_time - used_;
  const auto left_together = kTogether * amounts_.processor_time - together;
  if (left > 0ns && left_together <= 0ns) used_ = together;
  const int processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  next_measure_ =
      now + std::max<std::chrono::nanoseconds>(std::min(left, left_together / processors), 1ms);
  return left <= 0ns || left_together <= 0ns;
}

}  // namespace chatspec
