#include "harness/judge/diagnose_surplus.h"

#include <algorithm>
#include <array>
#include <string>

#include "harness/judge/diagnose_violation.h"
#include "harness/judge/diagnosis.h"
#include "harness/judge/line_end_text.h"
#include "harness/judge/matcher.h"
#include "harness/judge/sent_stream.h"

namespace chatspec {
namespace {

bool is_silence_or_end(ItemKind kind) {
  return kind == ItemKind::kSilence || kind == ItemKind::kClose || kind == ItemKind::kHalfClose;
}

// Whether we ended the connection where a reply, or the rest of one, was due.
bool is_ended_before_reply(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  if (!find_sent_before(view.script, view.step).has_ended) return false;
  std::size_t last = view.step;
  while (last > 0 && view.script.steps[last - 1].action != Action::kSend &&
         view.script.steps[last - 1].action != Action::kExpect)
    --last;
  if (last == 0) return false;
  const Step& before = view.script.steps[last - 1];
  if (before.action == Action::kExpect)
    return strip_line_end(before.alternatives.front().bytes) != profile.quit;
  return strip_line_end(before.bytes) == profile.signature || !before.bytes.ends_with('\n');
}

Cause explain_client_surplus(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  if (is_ended_before_reply(view)) return make_cause("reply-ended-by-the-stream");
  const std::string_view due = next_sent(view);
  const bool is_reply = due == profile.ok || due == profile.reply_to_pass() ||
                        due == profile.reply_to_fail() || due == profile.signature;
  const std::array words{&profile.data, &profile.quit, &profile.pass, &profile.fail};
  const bool is_command =
      std::ranges::any_of(words, [&](const std::string* word) { return view.content == *word; });
  if (!is_reply || !is_command) return {};
  return make_cause("reply-not-awaited",
                    {{"sent", show_unit(view.content)}, {"due", show_unit(due)}});
}

Cause explain_server_surplus(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  const std::string_view sent = last_sent(view);
  const bool at_end = view.expectation.kind != ItemKind::kSilence;
  if (sent.empty() && !at_end) {
    return view.content == profile.ok
               ? make_cause("reply-before-command", {{"reply", show_unit(profile.ok)},
                                                     {"command", show_unit(profile.hello)}})
               : make_cause("greeting");
  }
  const SentStream all = find_sent_before(view.script, view.step);
  if (all.has_ended && all.is_within_text && view.content.starts_with(profile.signature))
    return make_cause("text-ended-by-the-stream");
  if (all.has_ended && !all.units.empty() && !all.units.back().has_line_end &&
      profile.has_line_ends())
    return make_cause("line-ended-by-the-stream",
                      {{"part", show_unit(all.bytes_of(all.units.back()))}});
  if (sent == profile.quit) return make_cause("reply-to-quit", {{"quit", show_unit(profile.quit)}});
  if (all.is_within_text && !all.has_ended) {
    // What it takes for the text's end is for those cases to tell that send the text in segments.
    const bool is_signature = view.content.starts_with(profile.signature);
    // How much of the last line has come may be the reason.
    if (is_signature && !all.units.back().has_line_end && profile.has_line_ends()) return {};
    return is_signature && sent != profile.data
               ? make_cause("signature-announced-early")
               : diagnose_early_answer(view.script, view.content, sent == profile.data);
  }
  const bool may_repeat = sent == profile.hello || sent == profile.pass || sent == profile.fail;
  if (may_repeat && view.content == profile.ok && !at_end) return make_cause("reply-sent-twice");
  return {};
}

}  // namespace

Cause diagnose_surplus(const UnitView& view) {
  if (!is_silence_or_end(view.expectation.kind)) return {};
  if (view.expectation.kind == ItemKind::kClose) {
    if (Cause cause = diagnose_violation(view.script, view.step, view.content); cause.is_known())
      return cause;
  }
  return view.script.role == Role::kServer ? explain_server_surplus(view)
                                           : explain_client_surplus(view);
}

Cause diagnose_early_answer(const Script& script, std::string_view received, bool before_text) {
  const std::string_view content = strip_line_end(first_unit(received));
  if (!content.starts_with(script.profile.signature))
    return make_cause("reply-to-data", {{"reply", show_unit(content)}});
  return before_text ? make_cause("signature-before-text", {{"data", script.profile.data}})
                     : make_cause("one-receive-for-a-text");
}

}  // namespace chatspec
