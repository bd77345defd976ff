#include "harness/transcript/transcript.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>

#include <fmt/format.h>

#include "reference/text/word_table.h"

namespace chatspec {
namespace {

using chat::EnumWord;

constexpr std::array kEventNames = {
    EnumWord{EventKind::kStarted, "started"},
    EnumWord{EventKind::kListening, "listening"},
    EnumWord{EventKind::kConnected, "connected"},
    EnumWord{EventKind::kSent, "sent"},
    EnumWord{EventKind::kTaken, "taken"},
    EnumWord{EventKind::kReceived, "received"},
    EnumWord{EventKind::kEndOfStream, "end-of-stream"},
    EnumWord{EventKind::kReset, "reset"},
    EnumWord{EventKind::kHalfClosed, "half-closed"},
    EnumWord{EventKind::kClosed, "closed"},
    EnumWord{EventKind::kAborted, "aborted"},
    EnumWord{EventKind::kQuiet, "quiet"},
    EnumWord{EventKind::kExited, "exited"},
    EnumWord{EventKind::kDied, "died"},
    EnumWord{EventKind::kStopped, "stopped"},
    EnumWord{EventKind::kOutput, "output"},
    EnumWord{EventKind::kErrors, "errors"},
    EnumWord{EventKind::kErrorsBefore, "errors-before"},
    EnumWord{EventKind::kTrouble, "trouble"},
    EnumWord{EventKind::kInterrupted, "interrupted"},
};

constexpr std::array kGradeNames = {
    EnumWord{QuietGrade::kProven, "proven"},   EnumWord{QuietGrade::kSettled, "settled"},
    EnumWord{QuietGrade::kBusy, "busy"},       EnumWord{QuietGrade::kDeadline, "deadline"},
    EnumWord{QuietGrade::kUnknown, "unknown"},
};

constexpr std::array kActivityNames = {
    EnumWord{Activity::kUnknown, "unknown"},     EnumWord{Activity::kRunning, "running"},
    EnumWord{Activity::kReading, "reading"},     EnumWord{Activity::kWriting, "writing"},
    EnumWord{Activity::kAccepting, "accepting"}, EnumWord{Activity::kWaiting, "waiting"},
    EnumWord{Activity::kSleeping, "sleeping"},   EnumWord{Activity::kStopped, "stopped"},
    EnumWord{Activity::kGone, "gone"},
};

static_assert(chat::covers_in_order(kEventNames, &EnumWord<EventKind>::value,
                                    EventKind::kInterrupted));
static_assert(chat::covers_in_order(kGradeNames, &EnumWord<QuietGrade>::value,
                                    QuietGrade::kUnknown));
static_assert(chat::covers_in_order(kActivityNames, &EnumWord<Activity>::value, Activity::kGone));

}  // namespace

std::optional<int> signal_told_by(int status) {
  constexpr int kSignalled = 128;
  constexpr int kLastSignal = 31;
  constexpr std::array kEndNobody{SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP,
                                  SIGTTIN, SIGTTOU, SIGURG,  SIGWINCH};
  const int signal = status - kSignalled;
  const bool is_told = signal > 0 && signal <= kLastSignal &&
                       std::ranges::find(kEndNobody, signal) == kEndNobody.end();
  return is_told ? std::optional(signal) : std::nullopt;
}

std::string_view to_string(EventKind kind) {
  return chat::row_of(kEventNames, kind).word;
}
std::optional<EventKind> event_kind(std::string_view name) {
  return chat::value_of(kEventNames, name);
}
std::string_view to_string(QuietGrade grade) {
  return chat::row_of(kGradeNames, grade).word;
}
std::optional<QuietGrade> quiet_grade(std::string_view name) {
  return chat::value_of(kGradeNames, name);
}

std::string_view to_string(Activity activity) {
  return chat::row_of(kActivityNames, activity).word;
}
std::optional<Activity> parse_activity(std::string_view name) {
  return chat::value_of(kActivityNames, name);
}

const Event* find_first(const std::vector<Event>& events, EventKind kind) {
  const auto found = std::ranges::find(events, kind, &Event::kind);
  return found == events.end() ? nullptr : &*found;
}

const Event* find_last(const std::vector<Event>& events, EventKind kind) {
  const auto found = std::find_if(events.rbegin(), events.rend(),
                                  [&](const Event& event) { return event.kind == kind; });
  return found == events.rend() ? nullptr : &*found;
}

std::optional<ExitStatus> find_exit(const std::vector<Event>& events) {
  const Event* exited = find_first(events, EventKind::kExited);
  return exited ? exited->exit : std::nullopt;
}

std::string to_string(const ExitStatus& exit) {
  if (!exit.by_signal) return fmt::format("exit status {}", exit.value);
  const char* name = sigabbrev_np(exit.value);
  return name ? fmt::format("signal {} ({})", exit.value, name)
              : fmt::format("signal {}", exit.value);
}

}  // namespace chatspec
