// There are four witnesses of a fault, the surest first: how the first process ended, the death of
// another one that was seen, the exit status by which a wrapper passes on a signal, and what stands
// on standard error. The last alone proves little, so a report in words is looked for only in what
// was written before we began to end things, is no echo of what we had sent, and is not about a
// connection that the scenario itself breaks. Together with one of the first three it says why.

#include "harness/judge/faults/fault_judge.h"

#include <algorithm>
#include <cstring>
#include <span>

#include <fmt/format.h>

#include "harness/judge/faults/exit_text.h"
#include "harness/judge/faults/fault_report.h"
#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/sent_stream.h"
#include "reference/escape.h"

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

// Whether, before a step, the client has said QUIT where it may come: after HELLO or a verdict.
// Elsewhere it is a violation like any other. Of a client, its QUIT is what is expected.
bool has_quit(const Script& script, std::size_t step) {
  const chat::Profile& profile = script.profile;
  const std::string quit = profile.quit + std::string(profile.line_end_bytes());
  const auto steps_before = std::span(script.steps).first(step);
  if (std::ranges::any_of(steps_before, [&](const Step& one) {
        return one.action == Action::kExpect && one.alternatives.front().bytes == quit;
      })) {
    return true;
  }
  const SentStream sent = find_sent_before(script, step);
  std::string_view before;
  for (const SentUnit& unit : sent.units) {
    const std::string_view word = unit.is_of_text ? "" : strip_line_end(sent.bytes_of(unit));
    const bool may_quit =
        before == profile.hello || before == profile.pass || before == profile.fail;
    if (may_quit && word == profile.quit) return true;
    before = word;
  }
  return false;
}

}  // namespace

std::optional<std::string_view> find_reason_to_give_up(const Script& script) {
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    const Step& step = script.steps[i];
    const bool expects = step.action == Action::kExpect;
    const Expectation* first = expects ? &step.alternatives.front() : nullptr;
    if (first && first->kind == ItemKind::kNothing) {
      return script.materials.arguments.empty() ? "FILE-6" : "CLI-3";
    }
    if (first && asks_for_error(*first)) return "STATE-6";
    if (first && is_closing(first->kind) && !has_quit(script, i)) return "STATE-6";
    if (!first && is_closing(step.action) && !has_quit(script, i)) return "END-2";
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
