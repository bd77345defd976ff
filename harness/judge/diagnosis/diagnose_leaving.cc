#include "harness/judge/diagnosis/diagnose_leaving.h"

#include <algorithm>
#include <ranges>
#include <string>

#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/sent_stream.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

bool ends_with_cr_lf(const SentStream& stream, const SentUnit& unit) {
  return stream.bytes_of(unit).ends_with("\r\n");
}

bool is_to_say_nothing(const Step& step) {
  return step.action == Action::kExpect && step.alternatives.front().kind == ItemKind::kNothing;
}

// Whether the last line that it printed, of those that it received (OUT-1), is the end of a text.
bool prints_no_more_than_text(const std::vector<Event>& events, const chat::Profile& profile) {
  const Event* output = find_first(events, EventKind::kOutput);
  if (!output || output->truncated) return false;
  std::string_view last;
  for (std::string_view rest = output->bytes; !rest.empty();) last = chat::take_line(rest);
  return last == profile.terminator;
}

}  // namespace

Cause suggest_for_leaving(const Finding& finding, const Script& script,
                          const std::vector<Event>& events) {
  const bool left =
      finding.code == FailureCode::kClosedEarly || finding.code == FailureCode::kResetEarly;
  if (!left || finding.step >= script.steps.size()) return {};
  const SentStream stream = find_sent_before(script, finding.step);
  if (stream.units.empty()) return {};
  const SentUnit& last = stream.units.back();
  const std::string_view unit = stream.bytes_of(last);
  const std::string_view word = strip_line_end(unit);
  const chat::Profile& profile = script.profile;
  if (ends_with_cr_lf(stream, last) && profile.line_end_bytes() == "\n") {
    // Whoever took one before has another reason.
    const auto before = stream.units | std::views::take(stream.units.size() - 1);
    const bool took_one = std::ranges::any_of(
        before, [&](const SentUnit& one) { return ends_with_cr_lf(stream, one); });
    return took_one ? Cause{} : make_cause("cr-taken-for-text");
  }
  const bool is_verdict = word == profile.pass || word == profile.fail;
  if (!is_verdict || last.is_of_text || script.role != Role::kServer) return {};
  if (prints_no_more_than_text(events, profile))
    return make_cause("signature-ends-connection", {{"verdict", std::string(word)}});
  return make_cause("verdict-ends-connection",
                    {{"verdict", std::string(word)}, {"quit", profile.quit}});
}

Cause suggest_refusal(const Finding& finding, const Script& script,
                      const std::vector<Event>& /*events*/) {
  const bool goes_on = finding.code == FailureCode::kListened ||
                       finding.code == FailureCode::kUnexpectedData ||
                       finding.code == FailureCode::kNotExited;
  if (!goes_on || !std::ranges::any_of(script.steps, is_to_say_nothing)) return {};
  return script.materials.arguments.empty() ? make_cause("files-not-checked")
                                            : make_cause("arguments-not-checked");
}

}  // namespace chatspec
