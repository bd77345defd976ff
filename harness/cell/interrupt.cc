#include "harness/cell/interrupt.h"

#include <cerrno>
#include <cstdint>

#include <sys/eventfd.h>

namespace chatspec {
namespace {

std::atomic<Interrupt*> signalled{nullptr};
static_assert(std::atomic<Interrupt*>::is_always_lock_free, "used in a signal handler");

void handle(int) {
  const int saved = errno;
  struct sigaction by_default{};
  by_default.sa_handler = SIG_DFL;
  for (const int signal : kInterrupts) sigaction(signal, &by_default, nullptr);
  if (Interrupt* interrupt = signalled.load()) interrupt->request();
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
