// The judge asks the matcher what the player asked it, of the same bytes at the same step, and so
// comes to the same end; only then does it ask why. Whatever a step does that has no connection
// (restarting, ending without a word, the program's output and exit) is judged by a function of its
// own.

#include "harness/judge/conversation_judge.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "harness/judge/diagnosis/byte_finding.h"
#include "harness/judge/diagnosis/diagnose_silence.h"
#include "harness/judge/diagnosis/diagnosis.h"
#include "harness/judge/faults/exit_text.h"
#include "harness/judge/findings/matcher.h"
#include "harness/judge/findings/sent_stream.h"
#include "harness/judge/program_judge.h"
#include "harness/judge/transcript_view.h"
#include "harness/scenario/item_kind.h"

namespace chatspec {
namespace {

class ConversationJudge {
 public:
  ConversationJudge(const Script& script, const std::vector<Event>& events)
      : script_(script), view_(events) {}

  ConversationResult judge() {
    for (std::size_t step = 0; step < script_.steps.size() && !is_over(); ++step) {
      view_.advance_to(step);
      judge_step(step);
    }
    assert(!result_.failure || result_.trouble.empty());
    return std::move(result_);
  }

 private:
  bool is_over() const {
    return result_.failure || !result_.trouble.empty() ||
           (result_.skip && result_.skip->kind == SkipKind::kServedOne);
  }

  void judge_step(std::size_t step) {
    const Step& wanted = script_.steps[step];
    const bool expects = wanted.action == Action::kExpect;
    assert(!expects || !wanted.alternatives.empty());
    const Expectation* first = expects ? &wanted.alternatives.front() : nullptr;
    if (first && first->kind == ItemKind::kNothing) return judge_nothing(step);
    if (first && first->kind == ItemKind::kRestart) return judge_restart(step);
    if (first && is_about_program(first->kind)) return judge_program_step(step);
    if (!view_.is_connected(wanted.connection)) return judge_no_connection(step);
    if (expects) return judge_expectation(step);
    if (wanted.action == Action::kSend && view_.quiet()) fail(step, FailureCode::kStoppedReading);
  }

  void judge_program_step(std::size_t step) {
    auto finding = judge_program(script_, step, view_.events());
    if (!finding) return;
    std::string unseen = unseen_output(*finding, view_.events());
    if (unseen.empty()) {
      result_.failure = std::move(finding);
    } else {
      result_.skip = {.kind = SkipKind::kOutputUnseen, .sentence = std::move(unseen)};
    }
  }

  void judge_expectation(std::size_t step) {
    const Step& wanted = script_.steps[step];
    StreamView& stream = view_.stream(wanted.connection);
    if (const auto early = stream.rest_before(wanted.due_after); holds_unit(early))
      return fail_early(step, early);
    const Match result = match(wanted, script_.profile, stream.rest(), stream.state);
    switch (result.outcome) {
      case Match::Outcome::kMatched:
        if (result.deviation)
          result_.deviations.push_back(make_deviation(script_, step, result, stream.rest()));
        assert(result.consumed <= stream.rest().size());
        stream.consumed += result.consumed;
        return;
      case Match::Outcome::kMismatched:
        if (has_ended_before(stream, wanted.connection)) return skip_further_client();
        return fail_with(make_mismatch(script_, step, result, stream.rest(),
                                       stream.sent_before(stream.consumed + result.consumed)));
      case Match::Outcome::kNeedMore:
        result_.trouble = fmt::format("what was recorded ends in the middle of step {}", step + 1);
        return;
    }
  }

  // The implementation should have ended without a word.
  void judge_nothing(std::size_t step) {
    if (const Event* listening = view_.listening())
      return fail(step, FailureCode::kListened, fmt::format("it listens on {}", listening->bytes));
    for (const auto& [connection, stream] : view_.streams()) {
      if (stream.rest().empty()) continue;
      fail(step, FailureCode::kUnexpectedData);
      result_.failure->received = first_unit(stream.rest());
      return;
    }
    if (view_.quiet()) fail(step, FailureCode::kNotExited);
  }

  // LIFE-4. The connections that follow are the second start's first.
  void judge_restart(std::size_t step) {
    if (view_.listening() && view_.listening()->step == step) {
      former_connections_ = view_.last_connection();
      return;
    }
    std::string message(describe(FailureCode::kNotRestarted).meaning);
    if (const auto exit = view_.exit()) message += fmt::format(": {}", describe_exit(*exit));
    fail(step, FailureCode::kNotRestarted, std::move(message));
    result_.failure->expected = "a server that listens";
    result_.failure->cause = make_cause("port-in-time-wait");
  }

  bool is_further_client(int connection) const {
    return script_.role == Role::kServer && connection > former_connections_ + 1;
  }

  void judge_no_connection(std::size_t step) {
    const auto exit = view_.exit();
    if (exit && !exit->by_signal && is_further_client(script_.steps[step].connection))
      return skip_further_client();
    // Of a server that somebody else started nobody saw whether it listened.
    const bool never_listened = view_.has_started() && !view_.listening();
    if (exit) {
      fail(step, FailureCode::kExitedEarly, describe_exit(*exit));
    } else if (script_.role == Role::kClient) {
      fail(step, FailureCode::kNoConnection);
    } else {
      fail(step, never_listened ? FailureCode::kNeverListened : FailureCode::kRefused);
    }
    result_.failure->expected =
        script_.role == Role::kClient ? "a connection" : "a server that accepts a connection";
  }

  // Whether a server that ended was only too slow in it to refuse a further client, whose
  // connection its kernel took.
  bool has_ended_before(const StreamView& stream, int connection) const {
    const bool cut = stream.state == StreamState::kEnded || stream.state == StreamState::kReset;
    return is_further_client(connection) && cut && stream.received.empty() &&
           find_exit(view_.events()) == ExitStatus{};
  }

  // LIFE-2: a server may serve one client and end. What a further one would see, nobody can say.
  void skip_further_client() {
    result_.skip = {.kind = SkipKind::kServedOne,
                    .sentence = "it ended after its first client, as a server may"};
  }

  void fail(std::size_t step, FailureCode code, std::string message = "") {
    Finding finding = make_finding(script_, step, code);
    if (!message.empty()) finding.message = std::move(message);
    fail_with(std::move(finding));
  }

  void fail_with(Finding finding) {
    if (view_.quiet()) finding.evidence = look_at(*view_.quiet());
    // Whoever is only slow may send the rest.
    const bool may_go_on = finding.evidence && finding.evidence->grade > QuietGrade::kSettled;
    if (finding.code == FailureCode::kPartialAnswer && may_go_on) finding.cause = {};
    result_.failure = std::move(finding);
  }

  Evidence look_at(const Event& quiet) const {
    Evidence evidence = evidence_of(quiet);
    const std::string unread = describe_unread(quiet, view_.events());
    if (!unread.empty()) evidence.sentence += "; " + unread;
    return evidence;
  }

  // A stray byte after the reply before is no answer.
  bool holds_unit(std::string_view early) const {
    return script_.profile.has_line_ends() ? early.contains('\n') : !early.empty();
  }

  // DATA-2. Some servers take what one receive returns for a whole text.
  void fail_early(std::size_t step, std::string_view early) {
    fail(step, FailureCode::kEarlyAnswer);
    Finding& finding = *result_.failure;
    finding.requirement = "DATA-2";
    finding.received = first_unit(early).substr(0, kKeptBytes);
    const StreamView& stream = view_.stream(script_.steps[step].connection);
    finding.cause = diagnose_early_answer(script_, finding.received, !has_sent_text(step, stream));
  }

  // Whether anything of the text had been sent when its answer came.
  bool has_sent_text(std::size_t step, const StreamView& stream) const {
    const SentStream sent = find_sent_before(script_, step);
    std::size_t begin = 0;
    for (const SentUnit& unit : sent.units) {
      if (!unit.is_of_text) begin = unit.end;
      if (unit.end >= script_.steps[step].due_after) break;
    }
    const auto first = std::ranges::find_if(
        stream.arrivals, [&](const StreamView::Arrival& one) { return one.end > stream.consumed; });
    return first == stream.arrivals.end() || first->sent > begin;
  }

  const Script& script_;
  TranscriptView view_;
  int former_connections_ = 0;  // those of the start before the present one
  ConversationResult result_;
};

}  // namespace

ConversationResult judge_conversation(const Script& script, const std::vector<Event>& events) {
  return ConversationJudge(script, events).judge();
}

}  // namespace chatspec
