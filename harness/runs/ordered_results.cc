#include "harness/runs/ordered_results.h"

#include <cassert>
#include <utility>

namespace chatspec {

void OrderedResults::add(std::size_t place, CaseResult result) {
  const std::lock_guard lock(mutex_);
  assert(place >= next_ && !held_.contains(place) && "a case ends once");
  held_.emplace(place, std::move(result));
  for (auto due = held_.find(next_); due != held_.end(); due = held_.find(++next_)) {
    on_result_(std::move(held_.extract(due).mapped()));
  }
}

void OrderedResults::finish() {
  const std::lock_guard lock(mutex_);
  for (auto& [place, result] : std::exchange(held_, {})) on_result_(std::move(result));
}

}  // namespace chatspec
