// The processes that this harness started itself, so that cells side by side never take each
// other's for their own.
//
// The harness is a child sub-reaper: a process whose parent has ended becomes its child. So its
// children are of two kinds, those it started and orphans, and only this list tells them apart.
// Whoever starts a process, or looks at the harness's children to signal or reap them, holds the
// lock meanwhile; otherwise a process just started would pass for an orphan.

#pragma once

#include <mutex>
#include <set>

#include <sys/types.h>

namespace chatspec {

class ChildRegistry {
 public:
  // The first call makes the harness a child sub-reaper.
  static ChildRegistry& instance();

  class Locked {
   public:
    explicit Locked(ChildRegistry& registry) : registry_(registry), lock_(registry.mutex_) {}
    void add(pid_t pid) { registry_.children_.insert(pid); }
    void remove(pid_t pid) { registry_.children_.erase(pid); }
    bool contains(pid_t pid) const { return registry_.children_.contains(pid); }
    std::size_t size() const { return registry_.children_.size(); }

   private:
    ChildRegistry& registry_;
    std::scoped_lock<std::mutex> lock_;
  };

 private:
  ChildRegistry();

  std::mutex mutex_;
  std::set<pid_t> children_;
};

}  // namespace chatspec
