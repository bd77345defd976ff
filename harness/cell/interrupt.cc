#include "harness/cell/interrupt.h"

#include <cerrno>
#include <cstdint>
#include <ctime>

#include <sys/eventfd.h>

namespace chatspec {
namespace {

// What comes sooner after the first signal is the same wish: timeout(1), for one, sends what it
// sends to its program and then to the program's group.
constexpr std::int64_t kSameWishNs = 250'000'000;

std::atomic<Interrupt*> signalled{nullptr};
std::atomic<std::int64_t> first_ns{0};  // when the first came; 0 before
static_assert(std::atomic<Interrupt*>::is_always_lock_free &&
                  std::atomic<std::int64_t>::is_always_lock_free,
              "used in a signal handler");

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void end_by(int signal) {
  struct sigaction by_default{};
  by_default.sa_handler = SIG_DFL;
  sigaction(signal, &by_default, nullptr);
  raise(signal);  // it comes when the handler has returned
}

void handle(int signal) {
  const int saved = errno;
  const std::int64_t now = now_ns();
  std::int64_t first = 0;
  if (first_ns.compare_exchange_strong(first, now)) {
    if (Interrupt* interrupt = signalled.load()) interrupt->request();
  } else if (now - first >= kSameWishNs) {
    end_by(signal);
  }
  errno = saved;
}

}  // namespace

Interrupt::Interrupt() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Interrupt::request() noexcept {
  requested_.store(true);
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(event_.get(), &one, sizeof one);
}

InterruptSignals::InterruptSignals(Interrupt& interrupt) {
  signalled.store(&interrupt);
  first_ns.store(0);
  struct sigaction action{};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;  // waits learn of it by the descriptor, everything else goes on
  for (std::size_t i = 0; i < kInterrupts.size(); ++i) {
    sigaction(kInterrupts[i], nullptr, &old_[i]);
    const bool by_nohup = kInterrupts[i] == SIGHUP && old_[i].sa_handler == SIG_IGN;
    if (!by_nohup) sigaction(kInterrupts[i], &action, nullptr);
  }
}

InterruptSignals::~InterruptSignals() {
  for (std::size_t i = 0; i < kInterrupts.size(); ++i) sigaction(kInterrupts[i], &old_[i], nullptr);
  signalled.store(nullptr);
}

}  // namespace chatspec
