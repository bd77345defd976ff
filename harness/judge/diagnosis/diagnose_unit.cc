// Why a reply, a command or a verdict is not what was due, or came where nothing was. Each rule
// says what a known mistake makes of the unit, and names it only where that is just what came. They
// stand in groups, from the narrow to the wide, as the first that fits is named: the same unit with
// other bytes around it or in another form, another unit of the protocol in its place, the right
// one with something more; and at last what came where nothing was due, which has rules of its own
// (diagnose_surplus.h).

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <string>
#include <vector>

#include "harness/judge/diagnosis/diagnose_surplus.h"
#include "harness/judge/diagnosis/diagnose_verdict.h"
#include "harness/judge/diagnosis/diagnosis.h"
#include "harness/judge/diagnosis/text_comparison.h"
#include "harness/judge/diagnosis/unit_view.h"
#include "harness/judge/findings/line_end_text.h"
#include "harness/judge/findings/matcher.h"
#include "reference/framing.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

using namespace std::string_view_literals;

// Where a course wants that line end, the program is right, and the run is not.
std::string_view hint_at_line_end(std::string_view unit) {
  if (unit.ends_with("\r\n")) return "; if that is what your course wants, add --profile crlf";
  return unit.ends_with('\n') ? "; if that is what your course wants, add --profile line" : "";
}

// --- The right unit, in another form

Cause explain_line_end(const UnitView& view) {
  if (view.was_due() && view.content == view.expected) {
    Cause cause = make_cause("other-line-end", {{"line_end", name_line_end(view.unit)},
                                                {"due", name_line_end(view.expectation.bytes)}});
    cause.sentence += hint_at_line_end(view.unit);
    return cause;
  }
  const bool in_front = view.unit.starts_with('\r') || view.unit.starts_with('\n');
  return in_front ? make_cause("line-end-in-front") : Cause{};
}

std::string encode_utf_16(std::string_view text, bool big_endian) {
  std::string out;
  for (const char c : text) out += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return out;
}

// How many bytes at the beginning are the length of what follows, which is the unit; 0 where none
// are.
std::size_t count_length_bytes(const UnitView& view) {
  for (const std::size_t width : {std::size_t{2}, std::size_t{4}}) {
    if (!view.received.substr(std::min(width, view.received.size())).starts_with(view.expected))
      continue;
    std::size_t big = 0, little = 0;
    for (std::size_t i = 0; i < width; ++i) {
      big = big << 8U | static_cast<unsigned char>(view.received[i]);
      little = little << 8U | static_cast<unsigned char>(view.received[width - 1 - i]);
    }
    for (const std::size_t length : {big, little}) {
      if (length >= view.expected.size() && length <= view.expected.size() + 2) return width;
    }
  }
  return 0;
}

// What languages put around a text when they send it in a way of their own.
Cause explain_encoding(const UnitView& view) {
  if (view.received.starts_with("\xac\xed\0\x05"sv)) return make_cause("sent-as-java-object");
  if (view.was_due()) {
    std::string_view text = view.received;
    const bool has_mark = text.starts_with("\xff\xfe"sv) || text.starts_with("\xfe\xff"sv);
    if (has_mark) text.remove_prefix(2);
    for (const bool big_endian : {false, true}) {
      if (text.starts_with(encode_utf_16(view.expected, big_endian)))
        return make_cause("sent-as-utf-16");
    }
    if (view.content == "\xef\xbb\xbf" + std::string(view.expected))
      return make_cause("byte-order-mark");
    if (const std::size_t bytes = count_length_bytes(view))
      return make_cause("length-in-front", {{"bytes", std::to_string(bytes)}});
    if (view.content.ends_with('\0') &&
        view.content.substr(0, view.content.find('\0')) == view.expected) {
      return make_cause("nul-behind");
    }
  }
  return view.unit.starts_with('\0') ? make_cause("nul-in-front") : Cause{};
}

// "\n" in a string in which it means nothing.
std::string_view strip_spelt_out(std::string_view text) {
  if (text.ends_with("\\n")) text.remove_suffix(2);
  if (text.ends_with("\\r")) text.remove_suffix(2);
  return text;
}

// As a value is printed: "…", '…' or b'…'.
std::optional<std::string_view> strip_quotes(std::string_view text) {
  if (text.starts_with("b'") || text.starts_with("b\"")) text.remove_prefix(1);
  const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                      (text.front() == '\'' || text.front() == '"');
  return quoted ? std::optional(text.substr(1, text.size() - 2)) : std::nullopt;
}

std::string name_blanks(const UnitView& view) {
  const std::size_t at = view.content.find(view.expected);
  if (at == view.content.npos) return "within it";
  return at == 0                                            ? "after it"
         : view.content.size() == at + view.expected.size() ? "before it"
                                                            : "around it";
}

Cause explain_spelling(const UnitView& view) {
  if (!view.was_due()) return {};
  if (same_but_for_letter_case(view.content, view.expected)) return make_cause("letter-case");
  const auto quoted = strip_quotes(view.content);
  if (quoted && strip_spelt_out(*quoted) == view.expected) return make_cause("in-quotes");
  if (view.content != view.expected && strip_spelt_out(view.content) == view.expected)
    return make_cause("line-end-spelt-out");
  if (without_blanks(view.content) == without_blanks(view.expected))
    return make_cause("other-blanks", {{"where", name_blanks(view)}});
  return {};
}

// --- Another unit in its place

// The signature in the place where another profile has it.
Cause explain_announcement(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  const std::string reply = chat::escape_bytes(profile.signature);
  if (profile.has_signature_behind_reply()) {
    const bool alone =
        view.expected == chat::encode_announcement(profile) && view.content == profile.signature;
    return alone ? make_cause("signature-not-behind-reply", {{"reply", reply}}) : Cause{};
  }
  const bool behind =
      view.expected == profile.signature && view.content.starts_with(profile.signature + " ");
  return behind ? make_cause("signature-behind-reply", {{"reply", reply}}) : Cause{};
}

// The reply to PASS for that to FAIL, or the other way round.
Cause explain_verdict_reply(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  const std::string& to_pass = profile.reply_to_pass();
  const std::string& to_fail = profile.reply_to_fail();
  if (to_pass == to_fail) return {};
  if (view.content == to_pass && view.expected == to_fail)
    return make_cause("reply-to-other-verdict", {{"verdict", chat::escape_bytes(profile.pass)}});
  if (view.content == to_fail && view.expected == to_pass)
    return make_cause("reply-to-other-verdict", {{"verdict", chat::escape_bytes(profile.fail)}});
  return {};
}

// What the program is to send next after this, in the same direction; may be empty.
std::string_view next_expected(const UnitView& view) {
  const auto& steps = view.script.steps;
  for (std::size_t i = view.step + 1; i < steps.size(); ++i) {
    if (steps[i].action == Action::kExpect && steps[i].connection == steps[view.step].connection)
      return strip_line_end(first_unit(steps[i].alternatives.front().bytes));
  }
  return {};
}

Cause explain_next_in_line(const UnitView& view) {
  const std::string_view next = next_expected(view);
  if (next.empty() || !view.was_due() || !view.content.starts_with(view.expected)) return {};
  std::string_view rest = view.content.substr(view.expected.size());
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  return rest == next ? make_cause("next-in-same-line", {{"due", show_unit(next)}}) : Cause{};
}

// Rows for one expected word, or for all of the subject where it is empty.
struct Mistaken {
  Subject subject;
  std::string_view expected;
  std::string_view content;
  CauseId cause;
};

Cause explain_other_unit(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  using enum Subject;
  for (const Mistaken& mistaken : {
           Mistaken{kReply, "", profile.signature, "signature-announced-early"},
           Mistaken{kReply, "", profile.ok, "reply-sent-twice"},
           Mistaken{kSignature, "", profile.signature, "reply-sent-twice"},
           Mistaken{kSignature, "", profile.ok, "signature-missing"},
           Mistaken{kVerdict, "", profile.terminator, "terminator-sent-twice"},
           Mistaken{kVerdict, "", profile.data, "verdict-missing"},
           Mistaken{kVerdict, "", profile.quit, "verdict-missing"},
           Mistaken{kCommand, profile.data, profile.quit, "message-left-out"},
           Mistaken{kCommand, profile.quit, profile.data, "message-too-many"},
           Mistaken{kCommand, profile.hello, profile.data, "hello-missing"},
           Mistaken{kCommand, profile.data, profile.hello, "command-sent-twice"},
           Mistaken{kCommand, "", profile.pass, "verdict-sent-twice"},
           Mistaken{kCommand, "", profile.fail, "verdict-sent-twice"},
       }) {
    const bool fits = mistaken.expected.empty() || mistaken.expected == view.expected;
    if (fits && view.expectation.subject == mistaken.subject && view.content == mistaken.content)
      return make_cause(mistaken.cause);
  }
  if (view.expectation.subject != kReply || !chat::is_signature(profile, view.content)) return {};
  return view.expected == profile.signature
             ? make_cause("announcement-missing", {{"reply", show_unit(profile.signature)}})
             : make_cause("signature-sent-twice");
}

Cause explain_other_verdict(const UnitView& view) {
  const chat::Profile& profile = view.profile();
  const bool is_verdict = view.content == profile.pass || view.content == profile.fail;
  const bool was_other = view.expectation.subject == Subject::kVerdict && view.was_due();
  return is_verdict && was_other ? diagnose_verdict(view.script, view.step, view.content) : Cause{};
}

Cause explain_echo(const UnitView& view) {
  return !view.content.empty() && view.content == last_sent(view) ? make_cause("echoed") : Cause{};
}

// Of what stops within a word. A code alone is something else.
Cause explain_cut(const UnitView& view) {
  const bool is_begin = view.unit == view.content && !view.content.empty() &&
                        view.content != view.expected && view.expected.starts_with(view.content);
  if (!is_begin || view.expected[view.content.size()] == ' ') return {};
  return make_cause("cut-off", {{"sent", std::to_string(view.content.size())},
                                {"due", std::to_string(view.expectation.bytes.size())}});
}

// A reply of which one of its two parts is right.
Cause explain_reply_part(const UnitView& view) {
  const auto split = [](std::string_view reply) {
    const std::size_t blank = std::min(reply.find(' '), reply.size());
    return std::pair(reply.substr(0, blank), reply.substr(blank));
  };
  if (view.expectation.subject != Subject::kReply || !view.was_due()) return {};
  const auto [code, text] = split(view.expected);
  const auto [other_code, other_text] = split(view.content);
  if (text.empty()) return {};
  if (code == other_code)
    return other_text.empty() ? make_cause("reply-without-text") : make_cause("other-reply-text");
  return text == other_text ? make_cause("other-reply-code") : Cause{};
}

// --- The right unit with something more

Cause explain_rest(const UnitView& view) {
  if (!view.was_due() || view.content.empty()) return {};
  if (view.content.starts_with(view.expected)) return make_cause("surplus-behind");
  if (view.content.ends_with(view.expected)) return make_cause("surplus-in-front");
  return {};
}

constexpr std::array kExplanations{
    explain_line_end,      explain_encoding,     explain_announcement,  explain_spelling,
    explain_verdict_reply, explain_next_in_line, explain_other_verdict, explain_other_unit,
    explain_echo,          explain_cut,          explain_rest,          explain_reply_part,
    diagnose_surplus,
};

}  // namespace

Cause diagnose_unit(const Script& script, std::size_t step, const Expectation& expectation,
                    const ReceivedBytes& received) {
  assert(step < script.steps.size());
  const std::string_view unit = first_unit(received.bytes);
  const UnitView view{.script = script,
                      .step = step,
                      .expectation = expectation,
                      .received = received.bytes,
                      .sent_before = received.sent_before,
                      .unit = unit,
                      .content = strip_line_end(unit),
                      .expected = strip_line_end(expectation.bytes)};
  for (const auto& explain : kExplanations) {
    if (Cause cause = explain(view); cause.is_known()) return cause;
  }
  return {};
}

}  // namespace chatspec
