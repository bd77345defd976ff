// A turn of the loop: wait until a descriptor tells something, read all that is there, and ask in
// this order whether the user has had enough, whether it is done, whether we know anything at all,
// whether the observer has found that nothing more can come, and whether the patience is over. What
// the observer finds is believed one turn later, when all that came during its look has been read.

#include "harness/cell/sockets/wait_loop.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "harness/cell/cell_failure.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;

// What no descriptor tells of is checked again at first often, then after a part of the time that
// has passed, so that a slow program loses little and its neighbours keep the processor.
constexpr auto kFirstRecheck = 50us;
constexpr auto kQuickRecheck = 500us;
constexpr int kRecheckPart = 16;
// After a look that took long, so many times as long passes before the next.
constexpr int kRestAfterLook = 3;
// A thread that used so much of the patience for something on a processor, and did not do it, is in
// a loop. That is so no sooner on a fast machine, and no later on a busy one.
constexpr int kProcessorParts = 3;
constexpr int kPatienceParts = 5;
// What is long has the patience once more for each so many bytes, up to a multiple.
constexpr std::size_t kBytesPerPatience = 4096;
constexpr std::size_t kMostPatiences = 60;

std::string to_text(std::chrono::nanoseconds time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  return ms % 1000 == 0 ? fmt::format("{} s", ms / 1000) : fmt::format("{} ms", ms);
}

}  // namespace

CellFailure broken_off_failure(const WaitResult& result) {
  assert(result.how == WaitResult::How::kInterrupted || result.how == WaitResult::How::kTrouble);
  if (result.how == WaitResult::How::kInterrupted) return interrupted_failure();
  return trouble_failure(result.trouble);
}

WaitLoop::WaitLoop(const CellSurroundings& surroundings, std::unique_ptr<Observer> observer,
                   WaitHooks hooks)
    : surroundings_(surroundings),
      pump_(surroundings.interrupt, surroundings.clock),
      observer_(std::move(observer)),
      hooks_(std::move(hooks)),
      whole_end_(surroundings.patience.whole > 0ms
                     ? surroundings.clock.now() + surroundings.patience.whole
                     : TimePoint::max()),
      end_(whole_end_) {}

std::optional<std::string> WaitLoop::trouble() const {
  hooks_.take_news();
  return find_trouble();
}

std::optional<std::string> WaitLoop::find_trouble() const {
  auto found = hooks_.trouble();
  return found ? found : pump_.trouble();
}

std::size_t WaitLoop::patiences_for(std::size_t bytes) {
  return std::min(1 + bytes / kBytesPerPatience, kMostPatiences);
}

std::vector<ConnectionView> WaitLoop::views() {
  std::vector<ConnectionView> views;
  for (const Connection& connection : pump_.connections()) views.push_back(connection.view());
  return views;
}

WaitResult WaitLoop::wait_for(const WaitFor& wait, const std::function<bool()>& done) {
  const Clock& clock = surroundings_.clock;
  observer_->begin({.connection = wait.connection.transform(
                        [](Cell::ConnectionId id) { return std::size_t(id - 1); }),
                    .serving = wait.serving});
  const TimePoint begin = wait.since.value_or(clock.now());
  WaitLimit limit(*observer_, begin,
                  {.patience = wait.patience,
                   .processor_time = fair_processor_time(wait),
                   .is_late = begin + wait.patience <= clock.now(),
                   .end = wait.until.value_or(end_)});
  TimePoint next = clock.now();  // first, what is there already
  TimePoint next_look = wait.is_its_doing ? next + observer_->interval() : TimePoint::max();
  std::chrono::nanoseconds recheck = kFirstRecheck;
  std::optional<QuietFinding> finding;
  while (true) {
    pump_.wait(next, wait.others);
    if (surroundings_.interrupt.requested()) return {.how = WaitResult::How::kInterrupted};
    hooks_.take_news();
    if (done()) return {.how = WaitResult::How::kDone};
    if (auto trouble = find_trouble())
      return {.how = WaitResult::How::kTrouble, .trouble = *std::move(trouble)};
    if (finding) return {.how = WaitResult::How::kQuiet, .finding = *finding};
    const TimePoint now = clock.now();
    if (const auto grade = limit.check(now, views())) {
      return {.how = WaitResult::How::kQuiet, .finding = describe_end(wait, *grade, limit)};
    }
    if (now >= next_look) {
      finding = observer_->look(views());
      const TimePoint seen = clock.now();
      next_look = seen + std::max(observer_->interval(), kRestAfterLook * (seen - now));
    }
    next = finding ? now : std::min(limit.deadline(), next_look);
    if (wait.recheck) {
      next = std::min(next, now + recheck);
      recheck = std::min(recheck * 2, std::max<std::chrono::nanoseconds>(
                                          kQuickRecheck, (now - begin) / kRecheckPart));
    }
  }
}

// Whoever was given much may have much to compute.
std::chrono::nanoseconds WaitLoop::fair_processor_time(const WaitFor& wait) const {
  if (!wait.is_due) return 0ns;
  return patiences_for(given_bytes_) * wait.patience * kProcessorParts / kPatienceParts;
}

std::string WaitLoop::describe_time(const WaitFor& wait, QuietGrade grade,
                                    const WaitLimit& limit) const {
  if (grade == QuietGrade::kBusy)
    return fmt::format("used {} of processor time, and {}", to_text(limit.used()), wait.nothing);
  if (limit.was_cut_short() && end_ < whole_end_)
    return fmt::format("{} until the time was over", wait.nothing);
  if (limit.was_cut_short())
    return fmt::format("{} until the {} were over that a case may take", wait.nothing,
                       to_text(surroundings_.patience.whole));
  return fmt::format("{} for {}", wait.nothing, to_text(wait.patience));
}

QuietFinding WaitLoop::describe_end(const WaitFor& wait, QuietGrade grade, const WaitLimit& limit) {
  std::string evidence = describe_time(wait, grade, limit) + "; " + hooks_.state();
  const std::string seen = grade == QuietGrade::kUnknown ? limit.obscurity() : observer_->state();
  if (!seen.empty()) evidence += "; " + seen;
  // What cannot be told from outside has no name either.
  LastSeen last_seen = observer_->last_seen();
  if (grade == QuietGrade::kUnknown) last_seen.activity = Activity::kUnknown;
  return {.grade = grade, .last_seen = std::move(last_seen), .evidence = std::move(evidence)};
}

}  // namespace chatspec
