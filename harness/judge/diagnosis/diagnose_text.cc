// Why a text is not what was due. Each known mistake in writing it (text_mistakes.h) is made on
// purpose, and what comes out is compared with what came, as far as both go; then other line ends,
// an early end and other messages are tried, and at last all that may meet (text_search.h). The
// order is from the narrow to the wide, as the first that fits is named.

#include <algorithm>
#include <string>

#include "harness/judge/diagnosis/diagnosis.h"
#include "harness/judge/diagnosis/text_mistakes.h"
#include "harness/judge/diagnosis/text_search.h"
#include "harness/judge/findings/line_end_text.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

std::string encode_with(const TextMistake& mistake, std::string_view text,
                        std::string_view line_end) {
  std::string out;
  for (const std::string_view line : chat::text_lines(text))
    out.append(mistake.encode(line)).append(line_end);
  return out;
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
    std::size_t lines = 0;
    for (const std::string_view line : chat::text_lines(strip_line_end(right))) {
      encoded.append(strip_line_end(line)).append(other);
      ++lines;
    }
    if (other.empty()) encoded += script.profile.terminator;
    // Of a single line, only where it ends is another matter.
    if (other == line_end || (other.empty() && lines < 2) || !explains(encoded, received, right))
      continue;
    return make_cause("other-line-ends",
                      {{"line_end", other.empty() ? "nothing" : name_line_end(other)}});
  }
  if (received.starts_with(chat::encode_terminator(script.profile)))
    return make_cause("text-ends-early");
  for (std::size_t other = 0; other < script.materials.messages.size(); ++other) {
    const std::string encoded =
        chat::encode_text(script.profile, script.materials.messages[other]) +
        chat::encode_terminator(script.profile);
    if (other + 1 == message || !explains(encoded, received, right)) continue;
    Cause cause = make_cause("other-message-sent", {{"message", std::to_string(other + 1)},
                                                    {"due", std::to_string(message)}});
    if (received.size() < encoded.size()) cause.sentence += ", as far as it came";
    return cause;
  }
  return search_text_mistakes({.profile = script.profile,
                               .messages = script.materials.messages,
                               .keys = script.materials.keys,
                               .message = message - 1,
                               .key = 0},
                              received);
}

}  // namespace chatspec
