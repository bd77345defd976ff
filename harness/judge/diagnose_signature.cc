// A signature tells nothing of what was hashed, but it can be compared: mistakes are made on
// purpose with the text, key and messages of the case, and hashed. First the right computation with
// the wrong key or message, as of a counter that goes wrong; then all combinations of known
// mistakes (signature_search.h). A match cannot be chance, so the first one is the cause.

#include <string>

#include "harness/judge/diagnosis.h"
#include "harness/judge/ingredients.h"
#include "harness/judge/signature_search.h"
#include "reference/signature.h"

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

}  // namespace

Cause diagnose_signature(const Script& script, std::size_t message, std::size_t key,
                         std::string_view received) {
  if (message == 0 || message > script.materials.messages.size() || key == 0 ||
      key > script.materials.keys.size())
    return {};
  const Ingredients in{script.profile, script.materials.messages, script.materials.keys,
                       message - 1, key - 1};
  if (Cause cause = diagnose_counter(in, received); cause.is_known()) return cause;
  return search_mistakes(in, received);
}

}  // namespace chatspec
