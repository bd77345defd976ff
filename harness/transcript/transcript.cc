#include "harness/transcript/transcript.h"

#include <array>
#include <cstring>

#include <fmt/format.h>

namespace chatspec {
namespace {

template <typename Value>
struct Named {
  Value value;
  std::string_view name;
};

constexpr std::array kEventNames = {
    Named{EventKind::kStarted, "started"},
    Named{EventKind::kListening, "listening"},
    Named{EventKind::kConnected, "connected"},
    Named{EventKind::kSent, "sent"},
    Named{EventKind::kTaken, "taken"},
    Named{EventKind::kReceived, "received"},
    Named{EventKind::kEndOfStream, "end-of-stream"},
    Named{EventKind::kReset, "reset"},
    Named{EventKind::kHalfClosed, "half-closed"},
    Named{EventKind::kClosed, "closed"},
    Named{EventKind::kAborted, "aborted"},
    Named{EventKind::kQuiet, "quiet"},
    Named{EventKind::kExited, "exited"},
    Named{EventKind::kDied, "died"},
    Named{EventKind::kStopped, "stopped"},
    Named{EventKind::kOutput, "output"},
    Named{EventKind::kErrors, "errors"},
    Named{EventKind::kErrorsBefore, "errors-before"},
    Named{EventKind::kTrouble, "trouble"},
    Named{EventKind::kInterrupted, "interrupted"},
};

constexpr std::array kGradeNames = {
    Named{QuietGrade::kProven, "proven"},   Named{QuietGrade::kSettled, "settled"},
    Named{QuietGrade::kBusy, "busy"},       Named{QuietGrade::kDeadline, "deadline"},
    Named{QuietGrade::kUnknown, "unknown"},
};

template <typename Table, typename Value>
std::string_view name_of(const Table& table, Value value) {
  for (const auto& row : table) {
    if (row.value == value) return row.name;
  }
  return "unknown";
}

template <typename Value, std::size_t size>
std::optional<Value> value_of(const std::array<Named<Value>, size>& table, std::string_view name) {
  for (const auto& row : table) {
    if (row.name == name) return row.value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(EventKind kind) {
  return name_of(kEventNames, kind);
}
std::optional<EventKind> event_kind(std::string_view name) {
  return value_of(kEventNames, name);
}
std::string_view to_string(QuietGrade grade) {
  return name_of(kGradeNames, grade);
}
std::optional<QuietGrade> quiet_grade(std::string_view name) {
  return value_of(kGradeNames, name);
}

std::string to_string(const ExitStatus& exit) {
  if (!exit.by_signal) return fmt::format("exit status {}", exit.value);
  const char* name = sigabbrev_np(exit.value);
  return name ? fmt::format("signal {} ({})", exit.value, name)
              : fmt::format("signal {}", exit.value);
}

}  // namespace chatspec
