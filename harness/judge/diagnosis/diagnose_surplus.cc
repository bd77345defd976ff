#include "harness/judge/diagnosis/diagnose_surplus.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "harness/judge/diagnosis/diagnose_violation.h"
#include "harness/judge/diagnosis/diagnosis.h"
#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/matcher.h"
#include "harness/judge/findings/sent_stream.h"

namespace chatspec {
namespace {

// What had come before the last unit was sent, which it seems to answer, is no answer to it.
bool came_before_last(const UnitView& view, const SentStream& sent) {
  return !sent.units.empty() && view.sent_before <= sent.units.back().begin;
}

bool is_command_of_client(const chat::Profile& profile, std::string_view content) {
  const std::array words{&profile.data, &profile.quit, &profile.pass, &profile.fail};
  return std::ranges::any_of(words, [&](const std::string* word) { return content == *word; });
}

// Of a client that did not wait for what we sent next.
Cause explain_not_awaited(const UnitView& view, const SentStream& sent) {
  const auto next = std::ranges::lower_bound(sent.units, view.sent_before, {}, &SentUnit::begin);
  if (next == sent.units.end() || !is_command_of_client(view.profile(), view.content)) return {};
  const auto due = list_right_units(view.script, next->step);
  if (due.empty()) return {};
  return make_cause("reply-not-awaited",
                    {{"sent", show_unit(view.content)}, {"due", show_unit(due.front())}});
}

bool is_answered_with_ok(const chat::Profile& profile, std::string_view word) {
  return word == profile.hello || word == profile.pass || word == profile.fail;
}

// The last unit of which all had been sent when it came, without its line end; may be empty.
std::string_view find_last_before(const UnitView& view, const SentStream& sent) {
  const auto next = std::ranges::upper_bound(sent.units, view.sent_before, {}, &SentUnit::end);
  return next == sent.units.begin() ? "" : strip_line_end(sent.bytes_of(*std::prev(next)));
}

// Of a server that said more than it was asked, before anything was sent to it or after a reply.
Cause explain_unasked(const UnitView& view, const SentStream& sent) {
  const chat::Profile& profile = view.profile();
  const std::string_view word = find_last_before(view, sent);
  if (!word.empty()) {
    const bool is_twice = is_answered_with_ok(profile, word) && view.content == profile.ok;
    return is_twice ? make_cause("reply-sent-twice") : Cause{};
  }
  if (view.content != profile.ok) return make_cause("greeting");
  return make_cause("reply-before-command",
                    {{"reply", show_unit(profile.ok)}, {"command", show_unit(profile.hello)}});
}

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

// Whether the last unit lacks nothing but its line end, and what came is the answer that it would
// then have. What comes first of all may as well be sent unasked.
bool is_answer_to_last(const UnitView& view, const SentStream& sent) {
  if (sent.units.size() < 2 || sent.units.back().has_line_end || !view.profile().has_line_ends())
    return false;
  const chat::Profile& profile = view.profile();
  const std::string_view word = sent.bytes_of(sent.units.back());
  return (word == profile.pass && view.content == profile.reply_to_pass()) ||
         (word == profile.fail && view.content == profile.reply_to_fail());
}

Cause explain_client_surplus(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  if (is_ended_before_reply(view)) return make_cause("reply-ended-by-the-stream");
  const std::string_view due = next_sent(view);
  const bool is_reply = due == profile.ok || due == profile.reply_to_pass() ||
                        due == profile.reply_to_fail() || due == profile.signature;
  if (!is_reply || !is_command_of_client(profile, view.content)) return {};
  return make_cause("reply-not-awaited",
                    {{"sent", show_unit(view.content)}, {"due", show_unit(due)}});
}

Cause explain_server_surplus(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  const SentStream all = find_sent_before(view.script, view.step);
  const std::string_view sent = find_last_before(view, all);
  const bool at_end = view.expectation.kind != ItemKind::kSilence;
  if (sent.empty() && !at_end) return explain_unasked(view, all);
  if (all.has_ended && all.is_within_text && view.content.starts_with(profile.signature))
    return make_cause("text-ended-by-the-stream");
  if (all.has_ended && is_answer_to_last(view, all))
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
  const bool may_repeat = is_answered_with_ok(profile, sent) && view.content == profile.ok;
  return may_repeat && !at_end ? make_cause("reply-sent-twice") : Cause{};
}

}  // namespace

Cause diagnose_surplus(const UnitView& view) {
  if (!is_silence_or_end(view.expectation.kind)) return {};
  const SentStream sent = find_sent_before(view.script, view.step);
  if (came_before_last(view, sent)) {
    return view.script.role == Role::kClient ? explain_not_awaited(view, sent)
                                             : explain_unasked(view, sent);
  }
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
