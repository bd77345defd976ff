#include "harness/grade/workers/worker_pool.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <deque>
#include <list>
#include <poll.h>

namespace chatspec {
namespace {

// Within which workers that were asked to end do so: those that listen to it need a moment only.
constexpr std::chrono::milliseconds kTimeToEnd{1500};

struct Waiting {
  std::size_t index;
  bool is_second_try = false;
};

struct Running {
  Waiting task;
  Worker worker;
};

class WorkerPool {
 public:
  WorkerPool(const std::vector<std::vector<std::string>>& all, const WorkerPlan& plan,
             int own_trouble, const Interrupt& interrupt, const Clock& clock,
             const std::function<void(std::size_t, const WorkerEnd&)>& on_end)
      : all_(all),
        plan_(plan),
        own_trouble_(own_trouble),
        interrupt_(interrupt),
        clock_(clock),
        on_end_(on_end) {
    for (std::size_t index = 0; index < all.size(); ++index) waiting_.push_back({index});
  }

  void run() {
    while (true) {
      while (may_start()) start_next();
      if (running_.empty()) return;
      if (interrupt_.requested() && !kill_at_) ask_to_end();
      if (kill_at_ && clock_.now() >= *kill_at_) signal_all(SIGKILL);
      wait();
      take_ends();
    }
  }

 private:
  bool may_start() const {
    return !waiting_.empty() && running_.size() < plan_.jobs && !interrupt_.requested() &&
           (!plan_.last_start || clock_.now() < *plan_.last_start);
  }

  void start_next() {
    const Waiting task = waiting_.front();
    waiting_.pop_front();
    auto worker = Worker::start(plan_.program, all_[task.index]);
    if (worker) {
      running_.push_back({task, *std::move(worker)});
    } else {
      on_end_(task.index, {.status = own_trouble_, .errors = worker.error()});
    }
  }

  void ask_to_end() {
    signal_all(SIGTERM);
    kill_at_ = clock_.now() + kTimeToEnd;
  }

  void signal_all(int number) {
    for (const Running& one : running_) one.worker.signal(number);
  }

  // Until one of them says something or ends, or the user wants to end.
  void wait() {
    std::vector<pollfd> watched;
    if (!kill_at_) watched.push_back({.fd = interrupt_.fd(), .events = POLLIN, .revents = 0});
    for (const Running& one : running_) {
      watched.push_back({.fd = one.worker.process(), .events = POLLIN, .revents = 0});
      watched.push_back({.fd = one.worker.errors(), .events = POLLIN, .revents = 0});
    }
    int patience_ms = -1;
    if (kill_at_) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*kill_at_ - clock_.now());
      // Those that were killed end by themselves.
      patience_ms = left.count() > 0 ? static_cast<int>(left.count()) : -1;
    }
    poll(watched.data(), watched.size(), patience_ms);
  }

  void take_ends() {
    for (auto one = running_.begin(); one != running_.end();) {
      one->worker.read_errors();
      pollfd ended{.fd = one->worker.process(), .events = POLLIN, .revents = 0};
      if (poll(&ended, 1, 0) <= 0) {
        ++one;
        continue;
      }
      const Waiting task = one->task;
      const WorkerEnd end = one->worker.finish();
      one = running_.erase(one);
      const bool is_trouble = end.signal || end.status == own_trouble_;
      if (is_trouble && !task.is_second_try && !interrupt_.requested()) {
        waiting_.push_front({task.index, true});
      } else {
        on_end_(task.index, end);
      }
    }
  }

  const std::vector<std::vector<std::string>>& all_;
  const WorkerPlan& plan_;
  int own_trouble_;
  const Interrupt& interrupt_;
  const Clock& clock_;
  const std::function<void(std::size_t, const WorkerEnd&)>& on_end_;
  std::deque<Waiting> waiting_{};
  std::list<Running> running_{};
  std::optional<TimePoint> kill_at_{};
};

}  // namespace

void run_workers(const std::vector<std::vector<std::string>>& all, const WorkerPlan& plan,
                 int own_trouble, const Interrupt& interrupt, const Clock& clock,
                 const std::function<void(std::size_t, const WorkerEnd&)>& on_end) {
  WorkerPool(all, plan, own_trouble, interrupt, clock, on_end).run();
}

}  // namespace chatspec
