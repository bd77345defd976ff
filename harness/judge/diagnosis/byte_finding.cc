// A mismatch is told by what a reader can compare at a glance: the unit that was due and the one
// that came, of a long text just the line that differs. Where these look the same, since the
// difference lies after their end, as much as is kept of what was due is shown.

#include "harness/judge/diagnosis/byte_finding.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "harness/judge/diagnosis/diagnosis.h"
#include "harness/judge/diagnosis/signature_writing.h"
#include "harness/judge/findings/line_end_text.h"
#include "harness/scenario/item_kind.h"
#include "reference/framing.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// In a text of many lines only the line that differs is of interest.
std::size_t line_begin(const Expectation& expectation, std::size_t offset) {
  if (expectation.subject != Subject::kText || offset == 0) return 0;
  const std::size_t before = expectation.bytes.rfind('\n', offset - 1);
  return before == std::string::npos ? 0 : before + 1;
}

// SIG-4. A further connection that begins with another key goes on where one before has ended.
Cause for_connection(int connection, Cause cause) {
  const CauseParameters::value_type due_first("due", "1");
  const bool goes_on = connection > 1 && cause.id == "other-key" &&
                       std::ranges::find(cause.parameters, due_first) != cause.parameters.end();
  return goes_on ? make_cause("keys-go-on", std::move(cause.parameters)) : cause;
}

// Not of the right form, though it was meant as a signature: its value is known, or it has digits
// alone.
bool is_written_wrongly(FailureCode mismatch, const Cause& cause, std::string_view unit) {
  if (is_about_writing(cause.id)) return true;
  const bool is_of_digits =
      !unit.empty() && unit.find_first_not_of(chat::kHexDigits) == std::string_view::npos;
  return mismatch == FailureCode::kMalformedSignature &&
         (cause.is_known() ? cause.id == "hashed-otherwise" || cause.id == "other-hash"
                           : is_of_digits);
}

// What every exchange needs is to blame whatever else the case is about: a line end that is wrong,
// or where none is due; and what a signature is.
std::string_view requirement_of(FailureCode mismatch, const Cause& cause, std::string_view unit) {
  const bool is_line_end = mismatch == FailureCode::kLineEnd || cause.id == "other-line-end" ||
                           cause.id == "line-end-in-front";
  if (is_line_end) return "FRAME-1";
  return is_written_wrongly(mismatch, cause, unit) ? "SIG-1" : "";
}

Cause find_cause(const Script& script, std::size_t step, const Expectation& expectation,
                 FailureCode code, const ReceivedBytes& came) {
  const std::string_view received = came.bytes;
  if (is_pattern(expectation.kind)) return {};
  if (code == FailureCode::kWrongSignature && expectation.kind == ItemKind::kSignature) {
    const std::string_view digits = received.substr(0, chat::signature_size(script.profile));
    return for_connection(script.steps[step].connection,
                          diagnose_signature(script, expectation.message, expectation.key, digits));
  }
  if (code == FailureCode::kMalformedSignature && expectation.kind == ItemKind::kSignature) {
    Cause cause = diagnose_signature(script, expectation.message, expectation.key, received);
    if (cause.is_known()) return cause;
  }
  if (received.empty()) {
    const auto& reply = script.profile.error_reply;
    const bool misses_error_reply = reply && expectation.subject == Subject::kReply &&
                                    expectation.bytes == chat::encode_unit(script.profile, *reply);
    return misses_error_reply ? make_cause("error-reply-missing") : Cause{};
  }
  // Of what it had begun to send when it ended, nobody knows the rest.
  if (code == FailureCode::kClosedEarly || code == FailureCode::kResetEarly) return {};
  if (expectation.subject == Subject::kText && expectation.kind == ItemKind::kMessage)
    return diagnose_text(script, expectation.message, received);
  return diagnose_unit(script, step, expectation, came);
}

std::string_view requirement_of(FailureCode deviation, const Expectation& taken) {
  switch (deviation) {
    case FailureCode::kUpperCase:
    case FailureCode::kLowerCase:
      return "SIG-3";
    case FailureCode::kResetAtEnd:
      return "END-3";
    default:
      return taken.requirement;
  }
}

}  // namespace

Finding make_finding(const Script& script, std::size_t step, FailureCode code) {
  assert(step <= script.steps.size());
  Finding finding{.code = code, .step = step};
  finding.message = describe(code).meaning;
  if (step < script.steps.size()) finding.expected = script.steps[step].shown;
  return finding;
}

Finding make_mismatch(const Script& script, std::size_t step, const Match& match,
                      std::string_view received, std::size_t sent_before) {
  assert(match.outcome == Match::Outcome::kMismatched && match.consumed <= received.size());
  const Expectation& expectation =
      part_of(script.steps[step].alternatives.at(match.alternative), match.part);
  received.remove_prefix(match.consumed);
  Finding finding = make_finding(script, step, match.code);
  const std::size_t begin = line_begin(expectation, match.offset);
  finding.received =
      first_unit(received.substr(std::min(begin, received.size()))).substr(0, kKeptBytes);
  if (!expectation.bytes.empty()) {
    const std::string_view due = std::string_view(expectation.bytes).substr(begin);
    const std::string_view unit = first_unit(due).substr(0, kKeptBytes);
    finding.expected_bytes = unit == finding.received ? due.substr(0, kKeptBytes) : unit;
    finding.expected = chat::quote(*finding.expected_bytes);
    if (!finding.received.empty()) finding.offset = match.offset - begin;
  }
  finding.sent_before = sent_before;
  finding.cause = find_cause(script, step, expectation, match.code, {received, sent_before});
  if (expectation.subject != Subject::kText)
    finding.requirement =
        requirement_of(match.code, finding.cause, strip_line_end(finding.received));
  return finding;
}

Finding make_deviation(const Script& script, std::size_t step, const Match& match,
                       std::string_view received) {
  assert(match.outcome == Match::Outcome::kMatched && match.deviation);
  Finding finding = make_finding(script, step, *match.deviation);
  finding.requirement =
      requirement_of(finding.code, script.steps[step].alternatives.at(match.alternative));
  finding.received = received.substr(0, std::min(match.consumed, kKeptBytes));
  if (finding.code == FailureCode::kResetAtEnd)
    finding.cause = make_cause("closed-with-bytes-unread");
  return finding;
}

}  // namespace chatspec
