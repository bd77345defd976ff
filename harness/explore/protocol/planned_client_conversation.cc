#include "harness/explore/protocol/planned_client_conversation.h"

#include <algorithm>
#include <utility>

#include "harness/explore/protocol/reference_client.h"

namespace chatspec {
namespace {

bool says_nothing(const Said& step) {
  return step.segments.empty() && step.end == SaidEnd::kNone;
}

}  // namespace

PlannedConversation plan_client_conversation(const chat::Profile& profile,
                                             std::span<const std::string> signatures,
                                             SaidConversation said) {
  if (said.messages.empty()) said.messages.emplace_back("a");
  said.messages.resize(std::min(said.messages.size(), signatures.size()));
  if (said.steps.empty() || !says_nothing(said.steps.front()))
    said.steps.insert(said.steps.begin(), Said());
  // A copy, since the reference borrows them while the conversation is moved.
  const std::vector<std::string> messages = said.messages;
  ReferenceClientConversation reference(profile, messages, signatures);
  return plan_with(reference, std::move(said));
}

std::vector<std::string> find_client_requirements(const chat::Profile& profile,
                                                  std::span<const std::string> signatures,
                                                  const SaidConversation& said) {
  ReferenceClientConversation reference(profile, said.messages, signatures);
  for (const Said& step : said.steps) reference.say(step);
  return reference.requirements();
}

}  // namespace chatspec
