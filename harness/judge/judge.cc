// The judgement is made in layers, each of which sees what the one before has come to. The
// conversation: the first difference between script and transcript. The program: a death explains a
// difference and takes its place, and a fault of its own is a failure where all else is well. The
// level: what is no *must* weighs less, unless the program died. The circumstances: what depends on
// how bytes were cut is another requirement's, and what comes after a server has gone is nobody's.

#include "harness/judge/judge.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "harness/judge/conversation_judge.h"
#include "harness/judge/diagnosis/byte_finding.h"
#include "harness/judge/diagnosis/diagnose_input.h"
#include "harness/judge/diagnosis/diagnose_leaving.h"
#include "harness/judge/diagnosis/diagnose_repetition.h"
#include "harness/judge/diagnosis/diagnose_segments.h"
#include "harness/judge/diagnosis/diagnose_silence.h"
#include "harness/judge/faults/exit_text.h"
#include "harness/judge/faults/fault_judge.h"

namespace chatspec {
namespace {

// A connection that breaks off, or silence, has a simpler explanation where the process is dead.
// END-2: whoever ends the connection as expected may have done so by dying.
void look_for_death(Judgement& judgement, const Script& script, const std::vector<Event>& events) {
  const auto exit = find_exit(events);
  if (!exit) return;
  if (!judgement.failure) {
    if (!exit->by_signal) return;
    judgement.failure = make_finding(script, script.steps.size(), FailureCode::kKilled);
    judgement.failure->message = describe_exit(*exit);
    return;
  }
  Finding& failure = *judgement.failure;
  if (failure.code == FailureCode::kWrongExit) return;
  if (exit->by_signal) {
    failure.code = FailureCode::kKilled;
    failure.message = describe_exit(*exit);
  } else if (failure.code == FailureCode::kClosedEarly ||
             failure.code == FailureCode::kResetEarly) {
    failure.message += fmt::format(": {}", describe_exit(*exit));
  }
}

// A fault of the program's own is a failure where all else is well. Where something else failed
// first, a death explains it and takes its place, and what the program outlived is the likely
// reason. To give up by an exception, where the scenario makes it give up, is a deviation.
void look_for_fault(Judgement& judgement, const Script& script, const std::vector<Event>& events) {
  const auto fault = judge_faults(script, events);
  if (!fault) return;
  const bool by_exception = fault->code == FailureCode::kUncaughtException ||
                            fault->code == FailureCode::kThreadException;
  if (!judgement.failure) {
    const auto reason = find_reason_to_give_up(script);
    if (by_exception && reason) {
      judgement.deviations.push_back(*fault);
      judgement.deviations.back().requirement = *reason;
    } else {
      judgement.failure = *fault;
    }
    return;
  }
  Finding& failure = *judgement.failure;
  if (fault->code == FailureCode::kChildKilled || fault->code == FailureCode::kSanitizerAbort) {
    failure.code = fault->code;
    failure.message = fault->message;
    failure.cause = fault->cause;
  } else if (!failure.cause.is_known()) {
    failure.cause = make_cause("earlier-fault", {{"fault", fault->message}});
    failure.cause.parameters.emplace_back("code", to_string(fault->code));
  }
}

// What cannot be seen is not evidence.
bool rests_on_unknown(const Finding& failure) {
  return describe(failure.code).verdict == Verdict::kHang && failure.evidence &&
         failure.evidence->grade == QuietGrade::kUnknown;
}

Judgement make_doubt(const Finding& failure) {
  Judgement judgement =
      make_error(fmt::format("{}, but something outside of it may keep it from going on: {}",
                             failure.message, failure.evidence->sentence));
  judgement.is_unknown = true;
  return judgement;
}

// Of the conversation and the program, whatever the level: verdicts are error, skipped and pass;
// what a failure or a deviation comes to is not said yet.
Judgement judge_transcript(const Script& script, const std::vector<Event>& events) {
  if (const Event* trouble = find_first(events, EventKind::kTrouble))
    return make_error(trouble->bytes);
  if (find_first(events, EventKind::kInterrupted))
    return make_skipped({.kind = SkipKind::kInterrupted, .sentence = "interrupted"});
  ConversationResult result = judge_conversation(script, events);
  if (!result.trouble.empty()) return make_error(std::move(result.trouble));
  if (result.skip && result.skip->kind == SkipKind::kServedOne)
    return make_skipped(*std::move(result.skip));
  Judgement judgement{.failure = std::move(result.failure),
                      .deviations = std::move(result.deviations)};
  look_for_death(judgement, script, events);
  look_for_fault(judgement, script, events);
  if (!judgement.failure) {
    return result.skip ? make_skipped(*std::move(result.skip)) : judgement;
  }
  return rests_on_unknown(*judgement.failure) ? make_doubt(*judgement.failure) : judgement;
}

// What a failure amounts to where the scenario's level is not *must*. A fault of the program's own
// is never good.
Verdict weigh(FailureCode code, chat::Level level) {
  if (is_own_fault(code) || level == chat::Level::kMust) return describe(code).verdict;
  return level == chat::Level::kShould ? Verdict::kDeviates : Verdict::kSkipped;
}

void weigh(Judgement& judgement, chat::Level level) {
  if (!judgement.deviations.empty()) judgement.verdict = Verdict::kDeviates;
  if (!judgement.failure) return;
  const Verdict verdict = weigh(judgement.failure->code, level);
  judgement.verdict = std::max(judgement.verdict, verdict);
  if (verdict != Verdict::kSkipped) return;
  judgement.verdict = verdict;
  judgement.deviations.clear();
  judgement.skip = {.kind = SkipKind::kOptional,
                    .sentence = "this is optional, and the program does not do it"};
}

void set_scenario_line(Finding& finding, const Script& script) {
  if (finding.step < script.steps.size()) finding.scenario_line = script.steps[finding.step].line;
}

// What is met when bytes are cut in one way and not in another is not what the case covers.
void blame_delivery(Judgement& judgement, const Script& script, const Circumstances& now) {
  assert(!now.cut ||
         (now.segmentation == Segmentation::kCuts && now.cut->step < script.steps.size()));
  if (!now.otherwise || !is_worse(judgement.verdict, *now.otherwise)) return;
  const bool joined = now.segmentation == Segmentation::kJoined ||
                      (now.segmentation == Segmentation::kCuts && !now.cut);
  judgement.delivery = {
      .cut = now.cut,
      .otherwise = *now.otherwise,
      .sentence = fmt::format("{} {}, {} {}", to_string(*now.otherwise),
                              now.cut ? describe(now.segmentation) : describe(Segmentation::kUnits),
                              to_string(judgement.verdict),
                              now.cut ? describe(script, *now.cut) : describe(now.segmentation))};
  if (!judgement.failure) return;
  judgement.failure->requirement = script.role == Role::kClient ? "STREAM-3"
                                   : joined                     ? "STREAM-2"
                                                                : "STREAM-1";
}

// Where nothing explains what came, what the program was seen doing may suggest something. How what
// was sent was cut counts where the scenario is about that, or where nothing else is to blame.
void suggest_cause(Judgement& judgement, const Script& script, const std::vector<Event>& events,
                   const Circumstances& now) {
  Finding& failure = *judgement.failure;
  const bool counts = now.segmentation == Segmentation::kUnits || judgement.delivery;
  // Of a signature that came in pieces, how it is compared is not the question.
  if (counts &&
      (!failure.cause.is_known() || failure.cause.id == "signature-compared-too-strictly")) {
    Cause cause = suggest_segments(script, failure);
    if (cause.is_known()) failure.cause = std::move(cause);
  }
  for (const auto& suggest :
       {suggest_refusal, suggest_for_silence, suggest_repetition, suggest_for_leaving}) {
    if (!failure.cause.is_known()) failure.cause = suggest(failure, script, events);
  }
  if (!failure.cause.is_known()) failure.cause = suggest_standard_input(failure, events);
}

bool was_played(const Judgement& judgement) {
  return judgement.verdict != Verdict::kSkipped && judgement.verdict != Verdict::kError;
}

// LIFE-2: a server may end after its first client. What comes then says nothing of it, and nor does
// what it was doing when it went.
std::optional<SkipReason> find_absence(const Judgement& judgement, const Transcript& transcript,
                                       const Circumstances& now) {
  if (now.served_last.empty()) return std::nullopt;
  SkipReason gone{.kind = SkipKind::kServerGone, .case_id = now.served_last};
  if (judgement.failure && judgement.failure->code == FailureCode::kRefused) {
    gone.sentence = fmt::format("the server has accepted no connection since {}", now.served_last);
    return gone;
  }
  if (!now.is_gone || !may_have_gone(judgement, transcript)) return std::nullopt;
  gone.sentence =
      fmt::format("the server is not there any more: it ended with this client, or with that of {}",
                  now.served_last);
  return gone;
}

}  // namespace

Judgement judge(const Script& script, chat::Level level, const Transcript& transcript,
                const Circumstances& circumstances) {
  Judgement judgement = judge_transcript(script, transcript.events());
  if (was_played(judgement)) weigh(judgement, level);
  if (auto gone = find_absence(judgement, transcript, circumstances))
    judgement = make_skipped(*std::move(gone));
  if (judgement.failure) set_scenario_line(*judgement.failure, script);
  for (Finding& deviation : judgement.deviations) set_scenario_line(deviation, script);
  blame_delivery(judgement, script, circumstances);
  if (judgement.failure) suggest_cause(judgement, script, transcript.events(), circumstances);
  assert(judgement.failure || !is_failure(judgement.verdict));
  assert(judgement.skip.has_value() == (judgement.verdict == Verdict::kSkipped));
  if (const Event* stopped = find_first(transcript.events(), EventKind::kStopped))
    judgement.left_over = stopped->bytes;
  return judgement;
}

bool may_have_gone(const Judgement& judgement, const Transcript& transcript) {
  return was_played(judgement) && judgement.verdict != Verdict::kPass &&
         !find_first(transcript.events(), EventKind::kReceived);
}

}  // namespace chatspec
