#include "harness/play/complaint.h"

#include <algorithm>

namespace chatspec {
namespace {

bool asks_for_complaint(const Step& step) {
  return step.action == Action::kExpect && step.alternatives.front().kind == ItemKind::kComplains;
}

}  // namespace

std::optional<std::size_t> find_cause_to_complain(const Script& script) {
  const std::vector<Step>& steps = script.steps;
  const auto asked = std::ranges::find_if(steps, asks_for_complaint);
  if (asked == steps.end()) return std::nullopt;
  // Whether an end is the cause, or only follows what was, cannot be told: then it is what was
  // sent.
  auto behind = static_cast<std::size_t>(asked - steps.begin());
  while (behind > 0 && steps[behind - 1].action != Action::kSend) --behind;
  std::size_t first = behind;
  while (first > 0 && steps[first - 1].action != Action::kExpect) --first;
  return first < behind ? std::optional(first) : std::nullopt;
}

}  // namespace chatspec
