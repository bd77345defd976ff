#include "harness/cli/tier_choice.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/cell/isolation/inherited_limits.h"
#include "harness/cell/isolation/obstacle.h"

namespace chatspec {
namespace {

std::string to_sentence(const Obstacle& obstacle) {
  return obstacle.remedy.empty() ? obstacle.what
                                 : fmt::format("{} ({})", obstacle.what, obstacle.remedy);
}

}  // namespace

std::expected<TierChoice, std::string> choose_tier(std::string_view wanted, CellPlan plan) {
  TierChoice choice{.plan = std::move(plan)};
  Isolation& isolation = choice.plan.isolation;
  isolation = Isolation::kIsolated;
  for (const IsolationWord& word : kIsolations) {
    if (word.word == wanted) isolation = word.isolation;
  }
  if (const auto obstacle = find_obstacle(choice.plan)) {
    const std::string_view name = to_string(isolation);
    if (wanted != kAutomatic) {
      return std::unexpected(
          fmt::format("{} does not work on this machine: {}", name, to_sentence(*obstacle)));
    }
    choice.note = fmt::format("{} does not work on this machine: {}", name, obstacle->what);
    isolation = Isolation::kPlain;
    if (const auto worse = find_obstacle(choice.plan)) {
      return std::unexpected(
          fmt::format("no isolation works on this machine: {}", to_sentence(*worse)));
    }
  }
  if (isolation == Isolation::kSandbox) {
    if (const auto obstacle = find_obstacle_to_reading(choice.plan))
      return std::unexpected(to_sentence(*obstacle));
  }
  const auto remark = [&](const std::string& sentence) {
    choice.note += (choice.note.empty() ? "" : "; ") + sentence;
  };
  for (const Obstacle& narrow : find_narrow_limits()) remark(to_sentence(narrow));
  if (const auto obstacle = find_obstacle_to_observing(choice.plan)) {
    choice.plan.observes = false;
    remark("silence rests on deadlines: " + obstacle->what);
  }
  return choice;
}

}  // namespace chatspec
