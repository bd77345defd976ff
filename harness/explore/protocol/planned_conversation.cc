#include "harness/explore/protocol/planned_conversation.h"

#include <algorithm>
#include <utility>

#include "harness/explore/protocol/reference_server.h"

namespace chatspec {

PlannedConversation plan_conversation(const chat::Profile& profile,
                                      std::span<const std::string> keys, SaidConversation said) {
  ReferenceConversation reference(profile, keys.first(std::min(said.keys, keys.size())));
  return plan_with(reference, std::move(said));
}

Dialogue follow(const PlannedConversation& plan) {
  return [&plan](std::span<const std::string> answers) -> std::optional<SaidNext> {
    if (answers.size() >= plan.steps.size()) return std::nullopt;
    if (!answers.empty() && !plan.steps[answers.size() - 1].next.expected.allows(answers.back()))
      return std::nullopt;
    return plan.steps[answers.size()].next;
  };
}

std::size_t find_difference(const PlannedConversation& plan, std::span<const std::string> answers) {
  std::size_t i = 0;
  while (i < answers.size() && plan.steps[i].next.expected.allows(answers[i])) ++i;
  return i;
}

}  // namespace chatspec
