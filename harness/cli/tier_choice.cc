#include "harness/cli/tier_choice.h"

#include <optional>

#include <fmt/format.h>

#include "harness/cell/isolation/inherited_limits.h"

namespace chatspec {
namespace {

std::string to_sentence(const Obstacle& obstacle) {
  return obstacle.remedy.empty() ? obstacle.what
                                 : fmt::format("{} ({})", obstacle.what, obstacle.remedy);
}

}  // namespace

std::expected<TierChoice, std::string> choose_tier(std::string_view wanted,
                                                   const SandboxPolicy& policy,
                                                   const std::filesystem::path& temporary,
                                                   Launcher& launcher) {
  TierChoice choice{.tier = {.isolation = Isolation::kIsolated, .policy = policy}};
  for (const IsolationWord& word : kIsolations) {
    if (word.word == wanted) choice.tier.isolation = word.isolation;
  }
  Isolation& isolation = choice.tier.isolation;
  if (const auto obstacle = find_obstacle(isolation, policy, temporary, launcher)) {
    if (wanted != kAutomatic) {
      return std::unexpected(
          fmt::format("{} is not to be had here: {}", wanted, to_sentence(*obstacle)));
    }
    choice.note = fmt::format("{} is not to be had here: {}", to_string(isolation), obstacle->what);
    isolation = Isolation::kPlain;
    if (const auto worse = find_obstacle(isolation, policy, temporary, launcher)) {
      return std::unexpected(fmt::format("no tier is to be had here: {}", to_sentence(*worse)));
    }
  }
  if (isolation == Isolation::kSandbox) {
    if (const auto obstacle = find_obstacle_to_reading(policy, temporary, launcher))
      return std::unexpected(to_sentence(*obstacle));
  }
  const auto remark = [&](const std::string& sentence) {
    choice.note += (choice.note.empty() ? "" : "; ") + sentence;
  };
  for (const Obstacle& narrow : find_narrow_limits()) remark(to_sentence(narrow));
  if (const auto obstacle = find_obstacle_to_observing(isolation, policy, temporary, launcher)) {
    choice.tier.observes = false;
    remark("silence rests on deadlines: " + obstacle->what);
  }
  return choice;
}

}  // namespace chatspec
