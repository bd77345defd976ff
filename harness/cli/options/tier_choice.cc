#include "harness/cli/options/tier_choice.h"

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

void add_remark(TierChoice& choice, const std::string& sentence) {
  choice.note += (choice.note.empty() ? "" : "; ") + sentence;
}

// What choosing rests on where there are obstacles.
std::expected<TierChoice, std::string> choose_by_obstacles(TierChoice choice,
                                                           std::string_view wanted) {
  Isolation& isolation = choice.plan.isolation;
  if (const auto obstacle = find_obstacle(choice.plan)) {
    const std::string_view name = to_string(isolation);
    if (wanted != kAutomatic) {
      return std::unexpected(
          fmt::format("{} does not work on this machine: {}", name, to_sentence(*obstacle)));
    }
    add_remark(choice, fmt::format("{} does not work on this machine: {}", name, obstacle->what));
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
  if (const auto obstacle = find_obstacle_to_observing(choice.plan)) {
    choice.plan.observes = false;
    add_remark(choice, "silence rests on deadlines: " + obstacle->what);
  }
  return choice;
}

}  // namespace

std::expected<TierChoice, std::string> choose_tier(std::string_view wanted, CellPlan plan) {
  TierChoice choice{.plan = std::move(plan)};
  choice.plan.isolation = Isolation::kIsolated;
  for (const IsolationWord& word : kIsolations) {
    if (word.word == wanted) choice.plan.isolation = word.isolation;
  }
  for (const Obstacle& narrow : find_narrow_limits()) add_remark(choice, to_sentence(narrow));
  if (is_without_obstacle(choice.plan)) return choice;
  return choose_by_obstacles(std::move(choice), wanted);
}

}  // namespace chatspec
