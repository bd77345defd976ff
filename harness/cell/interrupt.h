// The user's wish to end the run, as a descriptor that every wait polls, so that no wait outlives
// it.

#pragma once

#include <array>
#include <atomic>
#include <signal.h>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// Thread-safe. Once requested, it stays requested.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  void request() noexcept;  // async-signal-safe
  bool requested() const { return requested_.load(); }
  // Readable from the request on. Lives as long as this object; never read from it.
  int fd() const { return event_.get(); }

 private:
  FileDescriptor event_;
  std::atomic<bool> requested_{false};
};

inline constexpr std::array kInterrupts{SIGINT, SIGTERM, SIGHUP};

// As long as it lives, the first of these signals requests the interrupt, and one that comes a
// quarter of a second later or more has its default action: a user who asks twice means it. (A
// SIGHUP that is ignored, as under nohup, stays so.) At most one at a time in a process; borrows
// the interrupt.
class InterruptSignals {
 public:
  explicit InterruptSignals(Interrupt& interrupt);
  ~InterruptSignals();
  InterruptSignals(const InterruptSignals&) = delete;
  InterruptSignals& operator=(const InterruptSignals&) = delete;

 private:
  std::array<struct sigaction, kInterrupts.size()> old_{};
};

}  // namespace chatspec
