// Which case a worker plays next.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "harness/judge/judgement.h"
#include "harness/suite/case.h"

namespace chatspec {

// Hands cases to workers, none before what it needs has ended. Thread-safe.
class Schedule {
 public:
  struct Entry {
    std::size_t place = 0;  // in the order
    const Case* played = nullptr;
  };

  // In an order in which needs stand first; see order_by_needs().
  explicit Schedule(std::span<const Case* const> order);

  // The first case that is left and whose needs have ended, or nothing when none is left or the run
  // was stopped. Blocks while there are only others.
  std::optional<Entry> take();

  // The scenario that keeps a case from being played, since it is needed and did not go as written;
  // "" where there is none.
  std::string unmet_need(const Case& one) const;

  // The end of a case that was taken.
  void settle(const Case& played, const Judgement& judgement);

  // Nothing more is handed out.
  void stop();

 private:
  bool is_ready(const Case& one) const;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Entry> waiting_;
  std::map<std::string, std::size_t> open_;  // cases of a scenario that have not ended
  std::set<std::string> unmet_;              // scenarios of which a case did not go as written
  bool stopped_ = false;
};

}  // namespace chatspec
