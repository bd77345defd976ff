#include "harness/judge/judge.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/judge/diagnose_input.h"
#include "harness/judge/diagnosis.h"
#include "harness/judge/fault_judge.h"
#include "harness/judge/matcher.h"
#include "harness/judge/program_judge.h"
#include "harness/scenario/check_transcript.h"
#include "reference/quote.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownBytes = 400;

// What is known of one connection at some step.
struct StreamView {
  std::string received;
  std::size_t consumed = 0;
  StreamState state = StreamState::kOpen;
  std::size_t sent = 0;  // by us, at this step
  struct Arrival {
    std::size_t end = 0;   // in `received`
    std::size_t sent = 0;  // by us, when it came
  };
  std::vector<Arrival> arrivals;

  std::string_view rest() const { return std::string_view(received).substr(consumed); }
  // As much of rest() as came before we had sent so many bytes.
  std::string_view rest_before(std::size_t sent_bytes) const {
    const auto late = std::ranges::lower_bound(arrivals, sent_bytes, {}, &Arrival::sent);
    const std::size_t end = late == arrivals.begin() ? 0 : std::prev(late)->end;
    return rest().substr(0, end - std::min(end, consumed));
  }
};

// Walks script and transcript side by side up to the first difference.
class Judge {
 public:
  Judge(const Script& script, const Transcript& transcript)
      : script_(script), events_(transcript.events()) {}

  Judgement judge() {
    if (const Event* trouble = find(EventKind::kTrouble)) return make_error(trouble->bytes);
    if (find(EventKind::kInterrupted))
      return make_skipped({.kind = SkipKind::kInterrupted, .sentence = "interrupted"});
    for (std::size_t step = 0; step < script_.steps.size() && !judgement_.failure && !over_; ++step)
      judge_step(step);
    if (judgement_.failure) {
      blame_death();
    } else if (!over_) {
      look_for_crash();
    }
    if (judgement_.verdict != Verdict::kError && !over_) look_for_faults();
    if (judgement_.failure) {
      Finding& failure = *judgement_.failure;
      if (!failure.cause.is_known()) failure.cause = suggest_standard_input(failure, events_);
    } else if (!unseen_.empty()) {
      judgement_ = make_skipped({.kind = SkipKind::kOutputUnseen, .sentence = unseen_});
    }
    if (judgement_.failure && rests_on_unknown(*judgement_.failure)) doubt();
    if (const Event* stopped = find(EventKind::kStopped)) judgement_.left_over = stopped->bytes;
    return std::move(judgement_);
  }

 private:
  const Event* find(EventKind kind) const {
    const auto found = std::ranges::find(events_, kind, &Event::kind);
    return found == events_.end() ? nullptr : &*found;
  }

  // Takes in everything that happened up to and during the step.
  void advance_to(std::size_t step) {
    for (auto& [connection, stream] : streams_) {
      if (stream.state == StreamState::kQuiet) stream.state = StreamState::kOpen;
    }
    quiet_ = nullptr;
    for (; next_ < events_.size() && events_[next_].step <= step; ++next_) take_in(events_[next_]);
  }

  void take_in(const Event& event) {
    StreamView& stream = streams_[event.connection];
    switch (event.kind) {
      case EventKind::kReceived:
        stream.received += event.bytes;
        stream.arrivals.push_back({.end = stream.received.size(), .sent = stream.sent});
        break;
      case EventKind::kSent:
        stream.sent += event.bytes.size();
        break;
      case EventKind::kEndOfStream:
        stream.state = StreamState::kEnded;
        break;
      case EventKind::kReset:
        stream.state = StreamState::kReset;
        break;
      case EventKind::kQuiet:
        if (stream.state == StreamState::kOpen) stream.state = StreamState::kQuiet;
        quiet_ = &event;
        break;
      case EventKind::kStarted:
        started_ = true;
        break;
      case EventKind::kListening:
        listening_ = &event;
        break;
      case EventKind::kConnected:
        connected_.push_back(event.connection);
        break;
      case EventKind::kExited:
        exited_ = &event;
        break;
      default:
        break;
    }
  }

  void judge_step(std::size_t step) {
    advance_to(step);
    const Step& wanted = script_.steps[step];
    const bool expects = wanted.action == Action::kExpect;
    const Expectation* first = expects ? &wanted.alternatives.front() : nullptr;
    if (first && first->kind == ItemKind::kNothing) return judge_nothing(step);
    if (first && first->kind == ItemKind::kRestart) return judge_restart(step);
    if (first && is_about_program(first->kind)) {
      judgement_.failure = judge_program(script_, step, events_);
      if (judgement_.failure) unseen_ = unseen_output(*judgement_.failure, events_);
      if (!unseen_.empty()) judgement_.failure.reset();
      return;
    }
    if (std::ranges::find(connected_, wanted.connection) == connected_.end())
      return judge_no_connection(step);
    if (expects) return judge_expectation(step);
    if (wanted.action == Action::kSend && quiet_) fail(step, FailureCode::kStoppedReading);
  }

  void judge_expectation(std::size_t step) {
    const Step& wanted = script_.steps[step];
    StreamView& stream = streams_[wanted.connection];
    if (const auto early = stream.rest_before(wanted.due_after); holds_unit(early))
      return fail_early(step, early);
    const Match result = match(wanted, script_.profile, stream.rest(), stream.state);
    switch (result.outcome) {
      case Match::Outcome::kMatched:
        if (result.deviation) add_deviation(step, result, stream.rest());
        stream.consumed += result.consumed;
        return;
      case Match::Outcome::kMismatched:
        if (has_ended_before(stream, wanted.connection)) return skip_further_client();
        return fail_at_bytes(step, result, stream.rest());
      case Match::Outcome::kNeedMore:
        judgement_ = make_error(fmt::format("the transcript ends within step {}", step + 1));
        judgement_.failure = Finding{.code = FailureCode::kNoAnswer, .step = step};
        return;
    }
  }

  // The implementation should have ended without a word.
  void judge_nothing(std::size_t step) {
    if (listening_)
      return fail(step, FailureCode::kListened, fmt::format("it listens on {}", listening_->bytes));
    for (auto& [connection, stream] : streams_) {
      if (stream.rest().empty()) continue;
      fail(step, FailureCode::kUnexpectedData);
      judgement_.failure->received = std::string(first_unit(stream.rest()));
      return;
    }
    if (quiet_) fail(step, FailureCode::kNotExited);
  }

  // LIFE-4. The connections that follow are the second start's first.
  void judge_restart(std::size_t step) {
    if (listening_ && listening_->step == step) {
      former_connections_ = connected_.empty() ? 0 : std::ranges::max(connected_);
      return;
    }
    fail(step, FailureCode::kNotRestarted);
    Finding& failure = *judgement_.failure;
    failure.expected = "a server that listens";
    if (exited_) failure.message += fmt::format(": {}", describe_exit(*exited_->exit));
    failure.cause = make_cause("port-in-time-wait");
  }

  bool is_further_client(int connection) const {
    return script_.role == Role::kServer && connection > former_connections_ + 1;
  }

  void judge_no_connection(std::size_t step) {
    if (exited_ && !exited_->exit->by_signal && is_further_client(script_.steps[step].connection)) {
      return skip_further_client();
    }
    // Of a server that somebody else started nobody saw whether it listened.
    const bool never_listened = started_ && !listening_;
    if (exited_) {
      fail(step, FailureCode::kExitedEarly, describe_exit(*exited_->exit));
    } else if (script_.role == Role::kClient) {
      fail(step, FailureCode::kNoConnection);
    } else {
      fail(step, never_listened ? FailureCode::kNeverListened : FailureCode::kRefused);
    }
    judgement_.failure->expected =
        script_.role == Role::kClient ? "a connection" : "a server that takes a connection";
  }

  // Whether a server that ended was only too slow in it to refuse a further client, whose
  // connection its kernel took.
  bool has_ended_before(const StreamView& stream, int connection) const {
    const bool cut = stream.state == StreamState::kEnded || stream.state == StreamState::kReset;
    const Event* exited = find(EventKind::kExited);
    return is_further_client(connection) && cut && stream.received.empty() && exited &&
           !exited->exit->by_signal && exited->exit->value == 0;
  }

  // LIFE-2: a server may serve one client and end. What a further one would see, nobody can say.
  void skip_further_client() {
    judgement_ = make_skipped(
        {.kind = SkipKind::kServedOne, .sentence = "it has ended after its first client"});
    over_ = true;
  }

  void fail(std::size_t step, FailureCode code, std::string message = "") {
    Finding finding{.code = code, .step = step};
    finding.message = message.empty() ? std::string(describe(code).meaning) : std::move(message);
    if (step < script_.steps.size()) finding.expected = script_.steps[step].shown;
    add_evidence(finding);
    judgement_.failure = std::move(finding);
  }

  // A stray byte behind the reply before is no answer.
  bool holds_unit(std::string_view early) const {
    return script_.profile.has_line_ends() ? early.contains('\n') : !early.empty();
  }

  // DATA-2. Some servers take what one receive returns for a whole text.
  void fail_early(std::size_t step, std::string_view early) {
    fail(step, FailureCode::kEarlyAnswer);
    Finding& finding = *judgement_.failure;
    finding.requirement = "DATA-2";
    finding.received = std::string(first_unit(early).substr(0, kShownBytes));
    finding.cause = make_cause("one-receive-for-a-text");
  }

  void add_evidence(Finding& finding) const {
    if (quiet_) finding.evidence = evidence_of(*quiet_);
  }

  void fail_at_bytes(std::size_t step, const Match& result, std::string_view received) {
    const Expectation& expectation =
        part_of(script_.steps[step].alternatives[result.alternative], result.part);
    received.remove_prefix(result.consumed);
    fail(step, result.code);
    Finding& finding = *judgement_.failure;
    const std::size_t begin = line_begin(expectation, result.offset);
    finding.received = std::string(
        first_unit(received.substr(std::min(begin, received.size()))).substr(0, kShownBytes));
    if (!expectation.bytes.empty()) {
      const std::string_view expected = std::string_view(expectation.bytes).substr(begin);
      const std::string_view unit = first_unit(expected).substr(0, kShownBytes);
      finding.expected_bytes = unit == finding.received ? expected.substr(0, kShownBytes) : unit;
      finding.expected = chat::quote(*finding.expected_bytes);
      if (!finding.received.empty()) finding.offset = result.offset - begin;
    }
    finding.cause = find_cause(expectation, result.code, received);
  }

  // In a text of many lines only the line that differs is of interest.
  static std::size_t line_begin(const Expectation& expectation, std::size_t offset) {
    if (expectation.subject != Subject::kText || offset == 0) return 0;
    const std::size_t before = expectation.bytes.rfind('\n', offset - 1);
    return before == std::string::npos ? 0 : before + 1;
  }

  Cause find_cause(const Expectation& expectation, FailureCode code,
                   std::string_view received) const {
    if (is_pattern(expectation.kind)) return {};
    if (code == FailureCode::kWrongSignature && expectation.kind == ItemKind::kSignature) {
      const std::string_view digits = received.substr(0, chat::signature_size(script_.profile));
      return diagnose_signature(script_, expectation.message, expectation.key, digits);
    }
    if (received.empty()) return {};
    if (expectation.subject == Subject::kText && expectation.kind == ItemKind::kMessage) {
      return diagnose_text(script_, expectation.message, received);
    }
    return diagnose_unit(script_, expectation, received);
  }

  void add_deviation(std::size_t step, const Match& result, std::string_view received) {
    const Expectation& taken = script_.steps[step].alternatives[result.alternative];
    Finding finding{.code = *result.deviation, .step = step};
    finding.message = describe(finding.code).meaning;
    finding.expected = script_.steps[step].shown;
    finding.received = std::string(received.substr(0, std::min(result.consumed, kShownBytes)));
    switch (finding.code) {
      case FailureCode::kUpperCase:
        finding.requirement = "SIG-3";
        break;
      case FailureCode::kResetAtEnd:
        finding.requirement = "END-3";
        break;
      default:
        finding.requirement = taken.requirement;
        break;
    }
    judgement_.deviations.push_back(std::move(finding));
  }

  static bool rests_on_unknown(const Finding& failure) {
    return describe(failure.code).verdict == Verdict::kHang && failure.evidence &&
           failure.evidence->grade == QuietGrade::kUnknown;
  }

  // What cannot be seen is not evidence.
  void doubt() {
    const Finding& failure = *judgement_.failure;
    judgement_ = make_error(fmt::format("{}, or it was kept from going on: {}", failure.message,
                                        failure.evidence->sentence));
    judgement_.is_unknown = true;
  }

  // END-2: whoever ends the connection as expected may have done so by dying.
  void look_for_crash() {
    const Event* exited = find(EventKind::kExited);
    if (exited && exited->exit->by_signal)
      fail(script_.steps.size(), FailureCode::kKilled, describe_exit(*exited->exit));
  }

  // A connection that breaks off, or silence, has a simpler explanation where the process is dead.
  void blame_death() {
    if (judgement_.verdict == Verdict::kError) return;
    const Event* exited = find(EventKind::kExited);
    Finding& failure = *judgement_.failure;
    if (!exited || failure.code == FailureCode::kWrongExit) return;
    if (exited->exit->by_signal) {
      failure.code = FailureCode::kKilled;
      failure.message = describe_exit(*exited->exit);
    } else if (failure.code == FailureCode::kClosedEarly ||
               failure.code == FailureCode::kResetEarly) {
      failure.message += fmt::format(": {}", describe_exit(*exited->exit));
    }
  }

  // A fault of the program's own is a failure where all else is well. Where something else failed
  // first, a death explains it and takes its place, and what the program outlived is the likely
  // reason. To give up by an exception, where the scenario makes it give up, is a deviation.
  void look_for_faults() {
    const auto fault = judge_faults(script_, events_);
    if (!fault) return;
    const bool by_exception = fault->code == FailureCode::kUncaughtException ||
                              fault->code == FailureCode::kThreadException;
    if (!judgement_.failure) {
      const auto reason = find_reason_to_give_up(script_);
      if (by_exception && reason) {
        judgement_.deviations.push_back(*fault);
        judgement_.deviations.back().requirement = *reason;
      } else {
        judgement_.failure = *fault;
      }
      return;
    }
    Finding& failure = *judgement_.failure;
    if (fault->code == FailureCode::kChildKilled || fault->code == FailureCode::kSanitizerAbort) {
      failure.code = fault->code;
      failure.message = fault->message;
      failure.cause = fault->cause;
    } else if (!failure.cause.is_known()) {
      failure.cause = make_cause("earlier-fault", {{"fault", fault->message}});
      failure.cause.parameters.emplace_back("code", to_string(fault->code));
    }
  }

  const Script& script_;
  const std::vector<Event>& events_;
  std::size_t next_ = 0;  // the first event not yet taken in
  std::map<int, StreamView> streams_;
  std::vector<int> connected_;
  const Event* quiet_ = nullptr;  // of the present step
  bool started_ = false;
  const Event* listening_ = nullptr;
  const Event* exited_ = nullptr;
  int former_connections_ = 0;  // those of the start before the present one
  Judgement judgement_;
  bool over_ = false;   // there is nothing more to judge
  std::string unseen_;  // why it cannot be told whether it printed what is due
};

// What a failure amounts to where the scenario's level is not *must*. A fault of the program's own
// is never good.
Verdict weigh(FailureCode code, chat::Level level) {
  if (is_own_fault(code) || level == chat::Level::kMust) return describe(code).verdict;
  return level == chat::Level::kShould ? Verdict::kDeviates : Verdict::kSkipped;
}

void set_scenario_line(Finding& finding, const Script& script) {
  if (finding.step < script.steps.size()) finding.scenario_line = script.steps[finding.step].line;
}

}  // namespace

Judgement judge(const Script& script, chat::Level level, const Transcript& transcript) {
  Judgement judgement = Judge(script, transcript).judge();
  if (judgement.failure) set_scenario_line(*judgement.failure, script);
  for (Finding& deviation : judgement.deviations) set_scenario_line(deviation, script);
  if (judgement.verdict == Verdict::kError || judgement.verdict == Verdict::kSkipped) {
    judgement.failure.reset();
    return judgement;
  }
  if (!judgement.deviations.empty()) judgement.verdict = Verdict::kDeviates;
  if (judgement.failure) {
    const Verdict verdict = weigh(judgement.failure->code, level);
    judgement.verdict = std::max(judgement.verdict, verdict);
    if (verdict == Verdict::kSkipped) {
      judgement.verdict = verdict;
      judgement.deviations.clear();
      judgement.skip = {.kind = SkipKind::kOptional,
                        .sentence = "this is optional, and it does not do it"};
    }
  }
  return judgement;
}

}  // namespace chatspec
