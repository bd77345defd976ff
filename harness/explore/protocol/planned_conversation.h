// What is going to be said, with what the reference answers to it: planned_client_conversation.h
// has what a server says to a client.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "harness/explore/protocol/dialogue.h"
#include "reference/profile.h"

namespace chatspec {

struct PlannedStep {
  SaidNext next{};
  std::string state{};     // of the reference before it
  std::string_view due{};  // then, for people; lives as long as the program
};

struct PlannedConversation {
  SaidConversation said{};  // without what comes after the end
  std::vector<PlannedStep> steps{};
};

// What `reference`, at the beginning of a conversation, answers to these steps: without those
// after one with which it ends the conversation.
template <typename Reference>
PlannedConversation plan_with(Reference& reference, SaidConversation said) {
  PlannedConversation plan;
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

// `keys` are those of a server that has all of them; the conversation says how many it has. No step
// stands after one with which the reference ends the conversation.
PlannedConversation plan_conversation(const chat::Profile& profile,
                                      std::span<const std::string> keys, SaidConversation said);

// Says all of it, up to the first answer that the protocol does not allow. Borrows it.
Dialogue follow(const PlannedConversation& plan);

// The number of the first answer that is not allowed; that of all answers where each is.
std::size_t find_difference(const PlannedConversation& plan, std::span<const std::string> answers);

}  // namespace chatspec
