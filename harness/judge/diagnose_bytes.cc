// Why a text, a reply or a command is not what was due. For a text, each known mistake in writing
// it (text_mistakes.h) is made on purpose, and what comes out is compared with what came, as far as
// both go; then other line ends, an early end and other messages are tried. A short unit is
// compared with what stands near it in the protocol: the same with another line end or in other
// letters, the reply or verdict that belongs elsewhere, and the right one with something around it.
// The order is from the narrow to the wide, as the first that fits is named.

#include <algorithm>
#include <cctype>
#include <string>

#include "harness/judge/diagnosis.h"
#include "harness/judge/matcher.h"
#include "harness/judge/text_mistakes.h"
#include "reference/framing.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

std::string_view strip_line_end(std::string_view unit) {
  while (unit.ends_with('\n') || unit.ends_with('\r')) unit.remove_suffix(1);
  return unit;
}

bool same_but_for_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string name_line_end(std::string_view unit) {
  const std::string_view line_end = unit.substr(strip_line_end(unit).size());
  if (line_end.empty()) return "no line end";
  if (line_end == "\n") return "LF";
  if (line_end == "\r\n") return "CR LF";
  return chat::quote(line_end);
}

// Where a course wants that line end, the program is right, and the run is not.
std::string_view hint_at_profile(std::string_view unit) {
  if (unit.ends_with("\r\n")) return "; if that is what your course wants, add --profile crlf";
  return unit.ends_with('\n') ? "; if that is what your course wants, add --profile line" : "";
}

std::string encode_with(const TextMistake& mistake, std::string_view text,
                        std::string_view line_end) {
  std::string out;
  for (const std::string_view line : chat::text_lines(text))
    out.append(mistake.encode(line)).append(line_end);
  return out;
}

// Whether what came is what a mistake makes of the text, as far as both go: a player looks no
// further than the first line that is wrong, and when that is complete depends on how it was sent.
bool explains(std::string_view mistaken, std::string_view received, std::string_view right) {
  if (const std::size_t last = received.rfind('\n'); last != received.npos)
    received = received.substr(0, last + 1);
  const std::size_t both = std::min(mistaken.size(), received.size());
  return mistaken.substr(0, both) == received.substr(0, both) &&
         mistaken.substr(0, both) != right.substr(0, both);
}

}  // namespace

Cause diagnose_text(const Script& script, std::size_t message, std::string_view received) {
  if (message == 0 || message > script.materials.messages.size()) return {};
  const std::string& text = script.materials.messages[message - 1];
  const std::string_view line_end =
      script.profile.has_line_ends() ? script.profile.line_end_bytes() : "\n";
  const std::string right = chat::encode_text(script.profile, text);
  for (const TextMistake& mistake : text_mistakes(script.profile)) {
    if (explains(encode_with(mistake, text, line_end), received, right)) return mistake.cause;
  }
  for (const std::string_view other : {"\n", "\r\n", ""}) {
    std::string encoded;
    for (const std::string_view line : chat::text_lines(strip_line_end(right)))
      encoded.append(strip_line_end(line)).append(other);
    if (other == line_end || !explains(encoded, received, right)) continue;
    return make_cause("other-line-ends",
                      {{"line_end", other.empty() ? "nothing" : name_line_end(other)}});
  }
  if (received.starts_with(chat::encode_terminator(script.profile)))
    return make_cause("text-ends-early");
  for (std::size_t other = 0; other < script.materials.messages.size(); ++other) {
    const std::string encoded = chat::encode_text(script.profile, script.materials.messages[other]);
    if (other + 1 == message || !explains(encoded, received, right)) continue;
    return make_cause("other-message-sent",
                      {{"message", std::to_string(other + 1)}, {"due", std::to_string(message)}});
  }
  return {};
}

namespace {

// The signature in the place where another profile has it.
Cause diagnose_announcement(const chat::Profile& profile, std::string_view expected,
                            std::string_view content) {
  const std::string reply = chat::escape_bytes(profile.signature);
  if (profile.has_signature_behind_reply()) {
    const bool alone =
        expected == chat::encode_announcement(profile) && content == profile.signature;
    return alone ? make_cause("signature-not-behind-reply", {{"reply", reply}}) : Cause{};
  }
  const bool behind = expected == profile.signature && content.starts_with(profile.signature + " ");
  return behind ? make_cause("signature-behind-reply", {{"reply", reply}}) : Cause{};
}

// The reply to PASS for that to FAIL, or the other way round.
Cause diagnose_verdict_reply(const chat::Profile& profile, std::string_view expected,
                             std::string_view content) {
  const std::string& to_pass = profile.reply_to_pass();
  const std::string& to_fail = profile.reply_to_fail();
  if (to_pass == to_fail) return {};
  if (content == to_pass && expected == to_fail)
    return make_cause("reply-to-other-verdict", {{"verdict", chat::escape_bytes(profile.pass)}});
  if (content == to_fail && expected == to_pass)
    return make_cause("reply-to-other-verdict", {{"verdict", chat::escape_bytes(profile.fail)}});
  return {};
}

}  // namespace

Cause diagnose_unit(const Script& script, const Expectation& expectation,
                    std::string_view received) {
  const std::string_view expected = strip_line_end(expectation.bytes);
  const std::string_view unit = first_unit(received);
  const std::string_view content = strip_line_end(unit);
  if (content == expected && !expected.empty()) {
    Cause cause = make_cause("other-line-end", {{"line_end", name_line_end(unit)},
                                                {"due", name_line_end(expectation.bytes)}});
    cause.sentence += hint_at_profile(unit);
    return cause;
  }
  if (unit.starts_with('\r') || unit.starts_with('\n')) return make_cause("line-end-in-front");
  if (same_but_for_case(content, expected)) return make_cause("letter-case");
  if (expectation.subject == Subject::kReply) {
    Cause cause = diagnose_announcement(script.profile, expected, content);
    if (!cause.is_known()) cause = diagnose_verdict_reply(script.profile, expected, content);
    if (cause.is_known()) return cause;
  }
  struct Mistaken {
    Subject subject;
    std::string_view content;
    CauseId cause;
  };
  for (const Mistaken& mistaken : {
           Mistaken{Subject::kReply, script.profile.signature, "signature-announced-early"},
           Mistaken{Subject::kReply, script.profile.ok, "reply-sent-twice"},
           Mistaken{Subject::kVerdict, script.profile.pass, "signature-not-compared"},
           Mistaken{Subject::kVerdict, script.profile.fail, "signature-compared-too-strictly"},
           Mistaken{Subject::kVerdict, script.profile.terminator, "terminator-sent-twice"},
       }) {
    if (expectation.subject == mistaken.subject && content == mistaken.content)
      return make_cause(mistaken.cause);
  }
  if (!expected.empty() && content.starts_with(expected)) return make_cause("surplus-behind");
  if (!expected.empty() && content.ends_with(expected)) return make_cause("surplus-in-front");
  return {};
}

}  // namespace chatspec
