// There are four witnesses of a fault, the surest first: how the first process ended, the death of
// another one that was seen, the exit status by which a wrapper passes on a signal, and what stands
// on standard error. The last alone proves little, so a report in words is looked for only in what
// was written before we began to end things, is no echo of what we had sent, and is not about a
// connection that the scenario itself breaks. Together with one of the first three it says why.

#include "harness/judge/faults/fault_judge.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "harness/judge/faults/exit_text.h"
#include "harness/judge/faults/fault_report.h"
#include "reference/escape.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

// All that the program could have from us, as sent and as it means: what of it stands on standard
// error need not be the program's own word.
std::string all_given(const Script& script, const std::vector<Event>& events) {
  std::string given;
  for (const Event& event : events) {
    if (event.kind == EventKind::kSent) given += event.bytes;
  }
  std::string unescaped;
  chat::unescape_line(script.profile, given, unescaped);
  given += unescaped;
  const Materials& had = script.materials;
  for (const auto* file : {&had.key_file, &had.message_file, &had.signature_file}) {
    if (*file) given += **file;
  }
  return given;
}

FailureCode code_of(const FaultReport& report) {
  switch (report.kind) {
    case FaultKind::kKilled:
      return FailureCode::kChildKilled;
    case FaultKind::kSanitizer:
      return report.fatal ? FailureCode::kSanitizerAbort : FailureCode::kSanitizerReport;
    case FaultKind::kLeak:
      return FailureCode::kSanitizerReport;
    case FaultKind::kException:
      return report.fatal ? FailureCode::kUncaughtException : FailureCode::kThreadException;
  }
  return FailureCode::kUncaughtException;
}

// `"IndexError: list index out of range" (server.py:12, in main)`
Cause tell(const FaultReport& report) {
  const std::string place = report.place.empty() ? "" : fmt::format(" ({})", report.place);
  return make_cause("reported-fault", {{"what", report.what}, {"place", place}});
}

// What a report adds to a signal that is known; a shell only says the same again.
Cause reason_of(const std::optional<FaultReport>& report, int signal) {
  const char* name = sigdescr_np(signal);
  return !report || (name && report->what.starts_with(name)) ? Cause{} : tell(*report);
}

Finding finding_of(const FaultReport& report, std::size_t step) {
  Finding finding{.code = code_of(report), .step = step};
  finding.message = fmt::format("{}: {}", describe(finding.code).meaning, tell(report).sentence);
  return finding;
}

bool is_closing(Action action) {
  return action == Action::kHalfClose || action == Action::kClose || action == Action::kReset;
}

bool is_closing(ItemKind kind) {
  return kind == ItemKind::kClose || kind == ItemKind::kHalfClose || kind == ItemKind::kReset;
}

bool asks_for_error(const Expectation& expectation) {
  return expectation.kind == ItemKind::kComplains ||
         (expectation.kind == ItemKind::kExit && expectation.exit == ExitWanted::kNonZero);
}

// Follows a conversation up to a QUIT where it may come: after HELLO or a verdict. Elsewhere it is
// a violation like any other.
class QuitWatch {
 public:
  explicit QuitWatch(const chat::Profile& profile) : profile_(profile) {}

  bool has_quit() const { return has_quit_; }

  void look_at(const Step& step) {
    if (step.action == Action::kExpect) {
      has_quit_ |= is(step.alternatives.front().bytes, profile_.quit);
    } else if (step.action == Action::kSend) {
      look_at_sent(step.bytes);
    }
  }

 private:
  // A unit may come in several sends.
  void look_at_sent(std::string_view bytes) {
    begun_ += bytes;
    if (!profile_.has_line_ends()) return take(std::exchange(begun_, {}));
    std::string_view rest = begun_;
    while (rest.contains('\n')) take(chat::take_whole_line(rest));
    begun_ = std::string(rest);
  }

  // What looks like a command within a text is none.
  void take(std::string_view unit) {
    if (is_in_text_) {
      const bool is_end = profile_.has_line_ends() ? is(unit, profile_.terminator)
                                                   : unit.ends_with(profile_.terminator);
      is_in_text_ = !is_end;
      return;
    }
    has_quit_ |= may_quit_ && is(unit, profile_.quit);
    may_quit_ = is(unit, profile_.hello) || is(unit, profile_.pass) || is(unit, profile_.fail);
    is_in_text_ = is(unit, profile_.data);
  }

  bool is(std::string_view unit, std::string_view word) const {
    return unit == std::string(word) + std::string(profile_.line_end_bytes());
  }

  const chat::Profile& profile_;
  std::string begun_{};  // a unit that is not all there yet
  bool is_in_text_ = false;
  bool may_quit_ = false;
  bool has_quit_ = false;
};

}  // namespace

std::optional<std::string_view> find_reason_to_give_up(const Script& script) {
  QuitWatch quit(script.profile);
  for (const Step& step : script.steps) {
    const bool expects = step.action == Action::kExpect;
    const Expectation* first = expects ? &step.alternatives.front() : nullptr;
    quit.look_at(step);
    if (first && first->kind == ItemKind::kNothing) {
      return script.materials.arguments.empty() ? "FILE-6" : "CLI-3";
    }
    if (first && asks_for_error(*first)) return "STATE-6";
    if (first && is_closing(first->kind) && !quit.has_quit()) return "STATE-6";
    if (!first && is_closing(step.action) && !quit.has_quit()) return "END-2";
  }
  return std::nullopt;
}

std::optional<Finding> judge_faults(const Script& script, const std::vector<Event>& events) {
  const std::size_t end = script.steps.size();
  const auto exit = find_exit(events);
  const Event* errors = find_first(events, EventKind::kErrors);
  std::optional<FaultReport> report;
  if (errors) {
    const std::string_view evidence = std::string_view(errors->bytes).substr(0, errors->evidence);
    report = find_fault_report(evidence, all_given(script, events), exit);
  }
  if (report && report->by_peer && !std::ranges::any_of(script.steps, [](const Step& step) {
        return is_closing(step.action);
      })) {
    report.reset();
  }
  if (exit && exit->by_signal) {
    const Cause reason = reason_of(report, exit->value);
    if (!reason.is_known()) return std::nullopt;
    return Finding{.code = FailureCode::kKilled, .step = end, .message = reason.sentence};
  }
  const Event* died = find_first(events, EventKind::kDied);
  if (died && died->exit) {
    Finding finding{.code = FailureCode::kChildKilled, .step = end};
    finding.message = fmt::format("one of its processes{} was killed by {}",
                                  died->bytes.empty() ? "" : fmt::format(" ({})", died->bytes),
                                  describe_signal(died->exit->value));
    finding.cause = reason_of(report, died->exit->value);
    return finding;
  }
  if (exit && signal_told_by(exit->value)) {
    Finding finding{.code = FailureCode::kChildKilled, .step = end};
    finding.message =
        fmt::format("{}, as a shell or another wrapper does when its program was killed by {}",
                    describe_exit(*exit), describe_signal(*signal_told_by(exit->value)));
    finding.cause = reason_of(report, *signal_told_by(exit->value));
    return finding;
  }
  if (report) return finding_of(*report, end);
  return std::nullopt;
}

}  // namespace chatspec
