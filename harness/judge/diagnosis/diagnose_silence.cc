// Whoever is silent was looked at: in which call it was blocked, on what, and how much of what was
// sent to it it had read. These are facts, and each rule asks about one thing that brings them
// about; where several would, it asks nothing.

#include "harness/judge/diagnosis/diagnose_silence.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/judge/diagnosis/diagnose_violation.h"
#include "harness/judge/diagnosis/unit_view.h"
#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/sent_stream.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownOfUnread = 60;
constexpr std::size_t kShownOfRead = 40;

// All that was sent on the connection before the event.
std::string all_sent_before(const Event& event, const std::vector<Event>& events) {
  std::string sent;
  for (const Event& one : events) {
    if (&one == &event) break;
    if (one.kind == EventKind::kSent && one.connection == event.connection) sent += one.bytes;
  }
  return sent;
}

// The last line of what it has read, or what it has read of it.
std::string_view last_line_of(std::string_view read) {
  const std::string_view content = strip_line_end(read);
  return content.substr(content.rfind('\n') + 1);
}

struct Silence {
  const Finding& finding;
  const Script& script;
  const std::vector<Event>& events;

  const Evidence& evidence() const { return *finding.evidence; }
  bool is_seen() const { return evidence().grade <= QuietGrade::kSettled; }
  bool has_read_all() const { return evidence().last_seen.bytes_unread == 0U; }
  bool is_doing(Activity activity) const {
    return is_seen() && evidence().last_seen.activity == activity;
  }
};

bool was_ended_by_us(const Silence& silence) {
  return std::ranges::any_of(silence.events, [&](const Event& event) {
    return (event.kind == EventKind::kHalfClosed || event.kind == EventKind::kClosed) &&
           (event.connection == silence.evidence().connection ||
            silence.evidence().connection == 0);
  });
}

Cause explain_spinning(const Silence& silence) {
  const bool spins = silence.evidence().grade == QuietGrade::kBusy;
  return spins && was_ended_by_us(silence) ? make_cause("goes-on-at-the-end") : Cause{};
}

// The terminator is what was sent last.
std::string where_terminator_came(const SentStream& stream) {
  const bool is_first = stream.units.size() < 2;
  const bool is_alone = is_first || stream.ends_segment(stream.units[stream.units.size() - 2]);
  return is_alone ? "by itself" : "together with the text";
}

// It has read everything, and waits for more where an answer was due.
Cause explain_waiting_server(const Silence& silence) {
  const chat::Profile& profile = silence.script.profile;
  const Expectation& due = silence.script.steps[silence.finding.step].alternatives.front();
  const SentStream stream = find_sent_before(silence.script, silence.finding.step);
  if (stream.units.empty()) return {};
  const SentUnit& last = stream.units.back();
  if (last.is_terminator && due.subject == Subject::kReply)
    return make_cause("terminator-not-found", {{"where", where_terminator_came(stream)}});
  if (last.is_terminator && due.subject == Subject::kSignature)
    return make_cause("signature-not-sent", {{"reply", profile.signature}});
  const std::string_view word = strip_line_end(stream.bytes_of(last));
  const bool is_verdict = !last.is_of_text && (word == profile.pass || word == profile.fail);
  return is_verdict && due.subject == Subject::kReply
             ? make_cause("verdict-unanswered", {{"verdict", std::string(word)},
                                                 {"reply", std::string(strip_line_end(due.bytes))}})
             : Cause{};
}

Cause explain_waiting_client(const Silence& silence) {
  const chat::Profile& profile = silence.script.profile;
  const Expectation& due = silence.script.steps[silence.finding.step].alternatives.front();
  const bool is_terminator = profile.has_line_ends() && !due.bytes.empty() &&
                             strip_line_end(due.bytes) == profile.terminator;
  return is_terminator ? make_cause("terminator-not-sent", {{"terminator", profile.terminator}})
                       : Cause{};
}

Cause explain_waiting(const Silence& silence) {
  const bool may = silence.finding.code == FailureCode::kNoAnswer &&
                   silence.is_doing(Activity::kReading) && silence.has_read_all() &&
                   silence.finding.step < silence.script.steps.size();
  if (!may || silence.script.steps[silence.finding.step].action != Action::kExpect) return {};
  return silence.script.role == Role::kServer ? explain_waiting_server(silence)
                                              : explain_waiting_client(silence);
}

bool has_complained(const std::vector<Event>& events) {
  const Event* errors = find_last(events, EventKind::kErrors);
  return errors && !errors->bytes.empty() && errors->evidence > 0;
}

Cause explain_leaving_open(const Silence& silence) {
  if (silence.finding.code != FailureCode::kNotClosed) return {};
  if (silence.is_doing(Activity::kAccepting)) return make_cause("next-client-awaited");
  if (!silence.is_doing(Activity::kReading) || !silence.has_read_all()) return {};
  if (was_ended_by_us(silence)) return {};
  const SentStream stream = find_sent_before(silence.script, silence.finding.step);
  if (stream.units.empty()) return {};
  // Whoever complains of the unit has not taken it for another one.
  Cause cause = has_complained(silence.events)
                    ? Cause{}
                    : diagnose_violation(silence.script, silence.finding.step, "");
  if (cause.is_known()) return cause;
  const std::string_view last = strip_line_end(stream.bytes_of(stream.units.back()));
  return last.empty() ? Cause{} : make_cause("reads-on", {{"unit", show_unit(last)}});
}

}  // namespace

std::string describe_unread(const Event& quiet, const std::vector<Event>& events) {
  const LastSeen& seen = quiet.last_seen;
  if (!seen.bytes_read || seen.bytes_unread.value_or(0) == 0) return {};
  const std::string sent = all_sent_before(quiet, events);
  if (*seen.bytes_read + *seen.bytes_unread != sent.size()) return {};
  const std::string_view read = std::string_view(sent).substr(0, *seen.bytes_read);
  const std::string_view unread = std::string_view(sent).substr(*seen.bytes_read);
  const std::string shown = chat::quote_start(unread, kShownOfUnread);
  if (read.empty()) return fmt::format("it has read nothing of {}", shown);
  return fmt::format("it has read up to {} and not what follows: {}",
                     chat::quote_start(last_line_of(read), kShownOfRead), shown);
}

Cause suggest_for_silence(const Finding& finding, const Script& script,
                          const std::vector<Event>& events) {
  if (!finding.evidence) return {};
  const Silence silence{.finding = finding, .script = script, .events = events};
  for (const auto& explain : {explain_spinning, explain_waiting, explain_leaving_open}) {
    if (Cause cause = explain(silence); cause.is_known()) return cause;
  }
  return {};
}

}  // namespace chatspec
