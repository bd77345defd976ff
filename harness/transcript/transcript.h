// What happened between the harness and an implementation under test, in order: the one thing that
// the player writes and that judge, event log and reports read. It holds facts only. What they mean
// for a scenario is the judge's to say.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatspec {

// On what a statement "the implementation will do nothing more by itself" rests. The weaker grades
// come last.
enum class QuietGrade {
  kProven,    // every thread waits, without a timer, for something that only new input can bring
  kSettled,   // the thread that holds our connection is blocked reading it, and no processor time
              // was used
  kBusy,      // it used more processor time than what was due takes, and did not do it
  kDeadline,  // nothing happened for as long as we were willing to wait
  kUnknown,   // the same, and what it was doing cannot be told from outside: says nothing of it
};

// What an implementation was doing when it was last looked at, as far as the kernel shows it.
enum class Activity {
  kUnknown,    // nothing was seen, or it cannot be told from outside
  kRunning,    // it was using a processor, or about to
  kReading,    // blocked until there is something to read, on the connection that is concerned
  kWriting,    // blocked until we read what it sends
  kAccepting,  // blocked until somebody connects
  kWaiting,    // blocked until something else happens: a thread, a child, a pipe, a signal
  kSleeping,   // blocked until a time is over
  kStopped,    // stopped by a signal, as SIGSTOP does it
  kGone,       // none of its processes is left
};

struct LastSeen {
  Activity activity = Activity::kUnknown;
  std::string system_call{};  // in which it was blocked, as programmers know it: "recv"; may be
                              // empty
  // How much of what we have sent on the connection that is concerned it had read, and how much
  // not. Nothing where no connection is, or where that cannot be seen.
  std::optional<std::uint64_t> bytes_read{};
  std::optional<std::uint64_t> bytes_unread{};

  bool operator==(const LastSeen&) const = default;
};

// How a process ended.
struct ExitStatus {
  bool by_signal = false;
  int value = 0;  // the exit status, or the signal's number

  friend bool operator==(const ExitStatus&, const ExitStatus&) = default;
};

// The signal by which a shell or another wrapper, with the exit status 128 + N, tells that its
// program was killed. Nothing where the status says no such thing: signals that end nobody, and
// those of real time, are told by nobody so.
std::optional<int> signal_told_by(int status);

enum class EventKind {
  kStarted,      // the implementation was started; `bytes` is its command line, for people
  kListening,    // it was seen listening; `bytes` is the address, as ADDRESS:PORT
  kConnected,    // a connection came about, by our connecting or by accepting its
  kSent,         // we sent `bytes` in one segment
  kTaken,        // it had read all that we had sent, and waited again
  kReceived,     // we received `bytes`
  kEndOfStream,  // it closed its sending direction
  kReset,        // the connection was reset
  kHalfClosed,   // we closed our sending direction
  kClosed,       // we closed the connection
  kAborted,      // we reset the connection
  kQuiet,    // it did nothing more; `grade`, `last_seen` and `bytes` (the evidence, for people) say
             // how we know
  kExited,   // its first process ended, with `exit`
  kDied,     // a process other than the first was killed by a signal, before we asked any to end;
             // `exit` says by which, `bytes` is its name, which may be empty
  kStopped,  // we stopped it; `bytes` tells what was left over, and is empty where nothing was
  kOutput,   // all of its standard output (`bytes`), known at the end
  kErrors,   // all of its standard error (`bytes`), known at the end
  kErrorsBefore,  // the beginning of its standard error (`bytes`) that was there when it waited for
                  // what a scenario gives it cause to complain of
  kTrouble,       // the harness itself failed; `bytes` says how
  kInterrupted,   // the user ended the run
};

struct Event {
  EventKind kind = EventKind::kTrouble;
  std::size_t step = 0;           // the index of the script's step during which it happened
  int connection = 0;             // 1 for the scenario's first; 0 where none is concerned
  std::chrono::nanoseconds at{};  // since the start of the scenario
  std::string bytes{};            // see the kinds
  QuietGrade grade = QuietGrade::kDeadline;  // of kQuiet
  LastSeen last_seen{};                      // of kQuiet
  std::optional<ExitStatus> exit{};          // of kExited and kDied
  bool truncated = false;                    // more came than the harness was willing to keep
  // Of kErrors: so many of its bytes were written before we ended what the script leaves open, or
  // asked the implementation to end. What comes later may be of our making.
  std::size_t evidence = std::string::npos;
};

// The names by which event log and reports know these: lower case, words joined by hyphens
// ("end-of-stream"). They are stable, because logs are kept; the second of each pair is the
// inverse, and gives nothing for any other name.
std::string_view to_string(EventKind kind);
std::optional<EventKind> event_kind(std::string_view name);
std::string_view to_string(QuietGrade grade);
std::optional<QuietGrade> quiet_grade(std::string_view name);
std::string_view to_string(Activity activity);
std::optional<Activity> parse_activity(std::string_view name);

// For people: "exit status 3", "signal 11 (SEGV)".
std::string to_string(const ExitStatus& exit);

// The first and the last event of a kind; null where there is none.
const Event* find_first(const std::vector<Event>& events, EventKind kind);
const Event* find_last(const std::vector<Event>& events, EventKind kind);
// How the first process ended, where it is known to have ended.
std::optional<ExitStatus> find_exit(const std::vector<Event>& events);

// Append-only.
class Transcript {
 public:
  void append(Event event) { events_.push_back(std::move(event)); }
  const std::vector<Event>& events() const { return events_; }

 private:
  std::vector<Event> events_;
};

}  // namespace chatspec
