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
  PlannedConversation plan;
  ReferenceClientConversation reference(profile, said.messages, signatures);
  for (const Said& step : said.steps) {
    if (reference.is_over()) break;
    PlannedStep planned{.state = reference.state(), .due = reference.due()};
    planned.next = {.said = step, .expected = reference.say(step)};
    plan.steps.push_back(std::move(planned));
  }
  said.steps.resize(plan.steps.size());
  plan.said = std::move(said);
  return plan;
}

std::vector<std::string> find_client_requirements(const chat::Profile& profile,
                                                  std::span<const std::string> signatures,
                                                  const SaidConversation& said) {
  ReferenceClientConversation reference(profile, said.messages, signatures);
  for (const Said& step : said.steps) reference.say(step);
  return reference.requirements();
}

}  // namespace chatspec
