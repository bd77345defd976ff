#include "harness/judge/diagnosis/diagnose_input.h"

#include <algorithm>
#include <array>

namespace chatspec {
namespace {

// What runtimes write to standard error where a program met the end of its input.
constexpr std::array<std::string_view, 3> kComplaints{"EOFError", "NoSuchElementException",
                                                      "unexpected EOF on standard input"};

bool complains_of_input(const std::vector<Event>& events) {
  const Event* errors = find_last(events, EventKind::kErrors);
  return errors && std::ranges::any_of(kComplaints, [&](std::string_view words) {
           return errors->bytes.find(words) != std::string::npos;
         });
}

// It ended as if all were well, and had not said a word. Whoever closes in order has read what we
// sent, and that may be why.
bool ended_without_a_word(const Finding& finding, const std::vector<Event>& events) {
  const Event* exited = find_last(events, EventKind::kExited);
  const bool has_read =
      finding.code == FailureCode::kClosedEarly && find_last(events, EventKind::kSent);
  return exited && exited->exit == ExitStatus{} && !find_last(events, EventKind::kReceived) &&
         !has_read;
}

// Whether anything was seen of it before it ended.
bool has_done_anything(const std::vector<Event>& events) {
  return std::ranges::any_of(events, [](const Event& event) {
    const bool is_text = event.kind == EventKind::kOutput || event.kind == EventKind::kErrors;
    return event.kind == EventKind::kListening || event.kind == EventKind::kConnected ||
           (is_text && !event.bytes.empty());
  });
}

bool is_early_end(FailureCode code) {
  return code == FailureCode::kExitedEarly || code == FailureCode::kClosedEarly ||
         code == FailureCode::kResetEarly || code == FailureCode::kRefused;
}

}  // namespace

Cause suggest_standard_input(const Finding& finding, const std::vector<Event>& events) {
  if (is_early_end(finding.code) &&
      (complains_of_input(events) || ended_without_a_word(finding, events))) {
    return make_cause(has_done_anything(events) ? CauseId("standard-input-ended")
                                                : CauseId("ended-without-a-deed"));
  }
  // Whoever reads it again and again is busy, and not seen to sleep or to wait.
  if (finding.code == FailureCode::kNeverListened && finding.evidence &&
      finding.evidence->grade == QuietGrade::kBusy) {
    return make_cause("standard-input-read");
  }
  return {};
}

}  // namespace chatspec
