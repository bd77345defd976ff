// How we know that an implementation will do nothing more by itself. Every wait asks an observer,
// and nothing else of a cell decides it; so better evidence than time is a matter of another
// observer.

#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <sys/types.h>

#include "harness/cell/address.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// What a wait is for.
struct Awaited {
  enum class What { kListening, kConnection, kBytes, kRoom, kTaken, kExit };
  What what = What::kBytes;
  // Our end of the connection that is concerned; of no family where none is. Swapped, they are the
  // implementation's.
  Address local{};
  Address remote{};
};

struct QuietFinding {
  QuietGrade grade = QuietGrade::kDeadline;
  std::string evidence;  // for people
};

class Observer {
 public:
  virtual ~Observer() = default;

  // After how long without an event it is worth looking (again).
  virtual std::chrono::nanoseconds interval() const = 0;
  // Looks whether what is awaited can still come about without our doing. Gives nothing where it
  // can, or where that cannot be told. What arrived during the look is read before the finding is
  // believed.
  virtual std::optional<QuietFinding> look(const Awaited& awaited) = 0;
};

// Sees nothing, so that only the deadline ends a wait.
class DeadlineObserver final : public Observer {
 public:
  std::chrono::nanoseconds interval() const override { return std::chrono::hours{1}; }
  std::optional<QuietFinding> look(const Awaited&) override { return std::nullopt; }
};

}  // namespace chatspec
