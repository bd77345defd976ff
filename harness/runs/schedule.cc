#include "harness/runs/schedule.h"

#include <algorithm>
#include <cassert>

namespace chatspec {
namespace {

// Whether what needs the case may be played: it went as written, a remark or two aside. A *should*
// that was not met deviates too, but then what builds on it would only tell the same again.
bool is_met(const Judgement& judgement) {
  return judgement.verdict <= Verdict::kDeviates && judgement.verdict != Verdict::kSkipped &&
         !judgement.failure;
}

}  // namespace

Schedule::Schedule(std::span<const Case* const> order) {
  for (const Case* one : order) {
    waiting_.push_back({waiting_.size(), one});
    ++open_[one->file->id];
  }
}

std::optional<Schedule::Entry> Schedule::take() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (waiting_.empty() || stopped_) return std::nullopt;
    const auto ready =
        std::ranges::find_if(waiting_, [&](const Entry& entry) { return is_ready(*entry.played); });
    if (ready != waiting_.end()) {
      const Entry taken = *ready;
      waiting_.erase(ready);
      return taken;
    }
    changed_.wait(lock);
  }
}

std::string Schedule::unmet_need(const Case& one) const {
  const std::lock_guard lock(mutex_);
  for (const std::string& need : one.needs()) {
    if (unmet_.contains(need)) return need;
  }
  return {};
}

void Schedule::settle(const Case& played, const Judgement& judgement) {
  const std::lock_guard lock(mutex_);
  const std::string& id = played.file->id;
  assert(open_.contains(id) && open_[id] > 0 && "a case ends once");
  --open_[id];
  if (!is_out_of_reach(judgement) && !is_met(judgement)) unmet_.insert(id);
  changed_.notify_all();
}

void Schedule::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

bool Schedule::is_ready(const Case& one) const {
  return std::ranges::all_of(one.needs(), [&](const std::string& need) {
    const auto open = open_.find(need);
    return open == open_.end() || open->second == 0;
  });
}

}  // namespace chatspec
