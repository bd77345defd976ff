// A step is repeated where all that led to it, on its connection or since the message began, is
// byte for byte what led to one that was met. A text is another one each time, and counts as the
// same only where the program did not wait for it: then it cannot be the reason.

#include "harness/judge/diagnosis/diagnose_repetition.h"

#include <algorithm>
#include <ranges>

#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/sent_stream.h"

namespace chatspec {
namespace {

std::vector<const Step*> steps_of(const Script& script, int connection, std::size_t end) {
  std::vector<const Step*> steps;
  for (const Step& step : script.steps | std::views::take(end)) {
    if (step.connection == connection) steps.push_back(&step);
  }
  return steps;
}

bool is_same(const Step* a, const Step* b) {
  return a->action == b->action && a->bytes == b->bytes && a->shown == b->shown &&
         a->cuts == b->cuts;
}

bool is_restart(const Step& step) {
  return step.action == Action::kExpect && step.alternatives.front().kind == ItemKind::kRestart;
}

Cause explain_further_connection(const Finding& finding, const Script& script) {
  const int connection = script.steps[finding.step].connection;
  if (connection < 2 || std::ranges::any_of(script.steps, is_restart)) return {};
  const auto failed = steps_of(script, connection, finding.step + 1);
  for (int earlier = 1; earlier < connection; ++earlier) {
    const auto met = steps_of(script, earlier, finding.step);
    if (met.size() >= failed.size() &&
        std::ranges::equal(failed, met | std::views::take(failed.size()), is_same))
      return make_cause("connection-before-went-well");
  }
  return {};
}

// The step that last sent something on the connection; null where none did.
const Step* find_send_before(const Script& script, std::size_t step) {
  for (std::size_t i = step; i > 0; --i) {
    const Step& before = script.steps[i - 1];
    if (before.action == Action::kSend && before.connection == script.steps[step].connection)
      return &before;
  }
  return nullptr;
}

// A verdict that was answered before.
Cause explain_verdict_again(const Finding& finding, const Script& script) {
  const Step* sent = find_send_before(script, finding.step);
  if (!sent) return {};
  const std::string_view verdict = strip_line_end(sent->bytes);
  if (verdict != script.profile.pass && verdict != script.profile.fail) return {};
  const auto all = steps_of(script, sent->connection, finding.step);
  const bool again = std::ranges::any_of(
      all, [&](const Step* step) { return step != sent && is_same(step, sent); });
  return again ? make_cause("message-before-went-well", {{"unit", std::string(verdict)}}) : Cause{};
}

// Of each text that was sent, whether the program had read DATA before it and waited for it. None
// where units came together or in pieces, which may be the reason.
std::vector<bool> list_awaited_texts(const Script& script, std::size_t step,
                                     const std::vector<Event>& events) {
  std::vector<bool> awaited;
  const SentStream stream = find_sent_before(script, step);
  std::size_t begin = 0;  // the step in which the text begins
  for (const SentUnit& unit : stream.units) {
    const bool is_apart = unit.is_of_text || stream.ends_segment(unit);
    if (!is_apart || stream.count_segments(unit) > 1) return {};
    if (!unit.is_of_text) begin = unit.step + 1;
    if (!unit.is_terminator) continue;
    awaited.push_back(std::ranges::any_of(events, [&](const Event& event) {
      return event.kind == EventKind::kTaken && event.step == begin;
    }));
  }
  return awaited;
}

// It did not wait for the text of a further message.
Cause explain_last_message(const Finding& finding, const Script& script,
                           const std::vector<Event>& events) {
  if (script.steps[finding.step].due_after == 0) return {};
  const std::vector<bool> awaited = list_awaited_texts(script, finding.step, events);
  if (awaited.size() < 2 || awaited.back()) return {};
  const auto before = awaited | std::views::take(awaited.size() - 1);
  if (std::ranges::find(before, false) != before.end()) return {};
  Cause cause = make_cause("stops-after-messages", {{"message", std::to_string(awaited.size() - 1)},
                                                    {"due", std::to_string(awaited.size())}});
  cause.sentence += " Or does it begin again with the opening?";
  return cause;
}

// Whether it ended as if all were well: with status 0, and without a word about a mistake.
bool ended_well(const std::vector<Event>& events) {
  const Event* errors = find_last(events, EventKind::kErrors);
  return find_exit(events) == ExitStatus{} && (!errors || errors->bytes.empty());
}

// A client that is done before its file is. One that gives up has another reason.
Cause explain_client_end(const Finding& finding, const Script& script,
                         const std::vector<Event>& events) {
  const Step& wanted = script.steps[finding.step];
  if (wanted.alternatives.front().kind != ItemKind::kUnit || !ended_well(events)) return {};
  const std::string_view due = strip_line_end(wanted.alternatives.front().bytes);
  if (due == script.profile.quit)
    return make_cause("quit-missing", {{"quit", script.profile.quit}});
  if (due != script.profile.data) return {};
  const auto all = steps_of(script, wanted.connection, finding.step);
  const bool again =
      std::ranges::any_of(all, [&](const Step* step) { return is_same(step, &wanted); });
  return again ? make_cause("message-left-out") : Cause{};
}

bool broke_off(FailureCode code) {
  return code == FailureCode::kClosedEarly || code == FailureCode::kResetEarly;
}

}  // namespace

Cause suggest_repetition(const Finding& finding, const Script& script,
                         const std::vector<Event>& events) {
  if (finding.step >= script.steps.size()) return {};
  if (script.steps[finding.step].action != Action::kExpect) return {};
  if (script.role == Role::kClient)
    return broke_off(finding.code) ? explain_client_end(finding, script, events) : Cause{};
  if (!broke_off(finding.code) && finding.code != FailureCode::kNoAnswer) return {};
  if (Cause cause = explain_further_connection(finding, script); cause.is_known()) return cause;
  if (Cause cause = explain_verdict_again(finding, script); cause.is_known()) return cause;
  return explain_last_message(finding, script, events);
}

}  // namespace chatspec
