// A signature tells nothing of what was hashed, but it can be compared: mistakes are made on
// purpose with the text, key and messages of the case, and hashed. First the right value, written
// wrongly (signature_writing.h); then the right computation with the wrong key or message, as of a
// counter that goes wrong; then all combinations of known mistakes (signature_search.h). A match
// cannot be chance, so the first one is the cause; but for that of a single digit, which only asks.

#include <algorithm>
#include <string>
#include <vector>

#include "harness/judge/diagnosis/diagnosis.h"
#include "harness/judge/diagnosis/ingredients.h"
#include "harness/judge/diagnosis/signature_search.h"
#include "harness/judge/diagnosis/signature_writing.h"
#include "reference/escape.h"
#include "reference/framing.h"
#include "reference/signature.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

// The right text with another message's key, or the other way round.
Cause diagnose_counter(const Ingredients& in, std::string_view received) {
  const std::string& text = in.messages[in.message];
  const auto is_received = [&](const std::string& message, const std::string& key) {
    return chat::same_signature(in.profile, chat::sign(in.profile, message, key), received);
  };
  for (std::size_t other = 0; other < in.keys.size(); ++other) {
    if (other == in.key || !is_received(text, in.keys[other])) continue;
    const std::string due = std::to_string(in.key + 1);
    return other == 0 ? make_cause("first-key-again", {{"due", due}})
                      : make_cause("other-key", {{"key", std::to_string(other + 1)}, {"due", due}});
  }
  for (std::size_t other = 0; other < in.messages.size(); ++other) {
    if (other == in.message || !is_received(in.messages[other], in.own_key())) continue;
    return make_cause("other-message-signed", {{"message", std::to_string(other + 1)},
                                               {"due", std::to_string(in.message + 1)}});
  }
  return {};
}

// The lines of the message as the script sends them: a text may be escaped in several ways, and
// what a mistake makes of it depends on which it was. Empty where they are not found.
std::vector<std::string> find_sent_lines(const Script& script, const std::string& message) {
  const chat::Profile& profile = script.profile;
  const auto wanted = chat::text_lines(message);
  std::vector<std::string> raw;
  std::vector<std::string> decoded;
  bool is_in_text = false;
  for (const Step& step : script.steps) {
    if (step.action != Action::kSend) continue;
    for (std::string_view rest = step.bytes; !rest.empty();) {
      std::string_view line = chat::take_line(rest);
      if (line.ends_with('\r') && profile.line_end_bytes() == "\r\n") line.remove_suffix(1);
      if (is_in_text && line == profile.terminator) {
        if (std::ranges::equal(decoded, wanted)) return raw;
        is_in_text = false;
      } else if (is_in_text) {
        raw.emplace_back(line);
        decoded.emplace_back();
        chat::unescape_line(profile, line, decoded.back());
      } else if (line == profile.data) {
        is_in_text = true;
        raw.clear();
        decoded.clear();
      }
    }
  }
  return {};
}

}  // namespace

Cause diagnose_signature(const Script& script, std::size_t message, std::size_t key,
                         std::string_view received) {
  if (message == 0 || message > script.materials.messages.size() || key == 0 ||
      key > script.materials.keys.size())
    return {};
  const Ingredients in{
      .profile = script.profile,
      .messages = script.materials.messages,
      .keys = script.materials.keys,
      .message = message - 1,
      .key = key - 1,
      .sent_lines = find_sent_lines(script, script.materials.messages[message - 1])};
  const std::string due = chat::sign(in.profile, in.messages[in.message], in.own_key());
  if (Cause cause = diagnose_writing(in.profile, due, received); cause.is_known()) return cause;
  const std::string_view line = received.substr(0, received.find_first_of("\r\n"));
  if (Cause cause = diagnose_counter(in, line); cause.is_known()) return cause;
  return search_mistakes(in, line);
}

}  // namespace chatspec
