// How we know that an implementation will do nothing more by itself. Every wait asks an observer,
// and nothing else of a cell decides it. kernel_observer.h is the one that proves it.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "harness/cell/address.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// Our end of a connection, also after we have closed it. Swapped, the addresses are those of the
// implementation's end.
struct ConnectionView {
  Address local{};
  Address remote{};
  int socket = -1;         // negative once we have closed it
  std::uint64_t sent = 0;  // the bytes that we have sent so far
  bool we_ended = false;   // we have closed our sending direction
  bool open = false;       // its end of stream, or a reset, has not been seen
};

struct QuietFinding {
  QuietGrade grade = QuietGrade::kDeadline;
  LastSeen last_seen{};
  std::string evidence{};  // for people
};

// What a wait is for, and what ends it besides proof.
struct Awaited {
  // That a server waits for its next client, be it with a time limit, so that nothing is proven.
  enum class Serving {
    kProvesNothing,
    kAfterTimer,  // suffices when it has begun to wait anew since the first look
    kSuffices,
  };
  std::optional<std::size_t> connection{};  // by its place among those that looks are given
  Serving serving = Serving::kProvesNothing;
};

struct ProcessorTime {
  // Of the busiest thread: less than the time that went by, whatever else the machine has to do.
  std::chrono::nanoseconds busiest{};
  std::chrono::nanoseconds together{};  // of all threads that are there, and not of those that were
};

class Observer {
 public:
  virtual ~Observer() = default;

  // A new wait begins.
  virtual void begin(const Awaited& awaited) = 0;
  // After how long without an event it is worth looking (again).
  virtual std::chrono::nanoseconds interval() const = 0;
  // Looks whether anything can still come about without our doing. Gives nothing where it can, or
  // where that cannot be told. What arrived during the look is read before the finding is believed.
  virtual std::optional<QuietFinding> look(std::span<const ConnectionView> connections) = 0;

  // Whether the implementation has read all that we sent on a connection, and has gone back to
  // waiting since. Nothing where that cannot be seen.
  virtual std::optional<bool> has_taken(const ConnectionView& connection) = 0;

  // How long the implementation has wanted a processor and been given none, so far. A deadline is
  // for the implementation, not for the machine.
  virtual std::chrono::nanoseconds starved() = 0;

  // How much processor time it has used, so far. 0 where that is not counted.
  virtual ProcessorTime processor_time() = 0;

  // What it is doing at present that cannot be told from outside, so that a deadline says nothing
  // of it: it is blocked in a system call that we do not know, or waits for a disk or a lock of the
  // kernel, or its program has not been started yet, or the kernel does not show it to us. "" where
  // all of it was seen, and there is no such thing.
  virtual std::string obscurity(std::span<const ConnectionView> connections) = 0;

  // What it was doing when last looked at; the second for people, "" where nothing is known.
  virtual LastSeen last_seen() const = 0;
  virtual std::string state() const = 0;
};

// Sees nothing, so that only the deadline ends a wait.
class DeadlineObserver final : public Observer {
 public:
  void begin(const Awaited&) override {}
  std::chrono::nanoseconds interval() const override { return std::chrono::hours{1}; }
  std::optional<QuietFinding> look(std::span<const ConnectionView>) override { return {}; }
  std::optional<bool> has_taken(const ConnectionView&) override { return {}; }
  std::chrono::nanoseconds starved() override { return {}; }
  ProcessorTime processor_time() override { return {}; }
  std::string obscurity(std::span<const ConnectionView>) override { return {}; }
  LastSeen last_seen() const override { return {}; }
  std::string state() const override { return {}; }
};

}  // namespace chatspec
