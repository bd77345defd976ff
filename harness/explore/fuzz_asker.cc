#include "harness/explore/fuzz_asker.h"

#include <utility>

#include "harness/explore/fuzz/minimise.h"
#include "harness/explore/said_requirements.h"

namespace chatspec {

bool AskedDifference::shows(const AskedDifference& other) const {
  if (cause.came.ends_with(kCrashedAnswer) && other.cause.came.ends_with(kCrashedAnswer))
    return true;
  return generalise_answer(cause.expected) == generalise_answer(other.cause.expected) &&
         generalise_answer(cause.came) == generalise_answer(other.cause.came);
}

// Not while others ask.
ServerAsker& FuzzAsker::with_keys(std::size_t keys) {
  auto& asker = askers_[keys];
  if (!asker) {
    ServerAsker::Settings settings = settings_;
    settings.source.keys = settings.source.keys.first(keys);
    asker = std::make_unique<ServerAsker>(settings);
  }
  return *asker;
}

std::vector<FuzzAsker::Answered> FuzzAsker::ask(std::span<const SaidConversation> conversations) {
  std::vector<Answered> answered;
  std::vector<ServerAsker*> askers;
  for (const SaidConversation& said : conversations) {
    askers.push_back(&with_keys(said.keys));
    answered.push_back(
        {.plan = plan_conversation(settings_.source.profile, settings_.source.keys, said),
         .answers = Answers()});
  }
  if (answered.empty()) return answered;
  askers.front()->for_each(answered.size(), [&](std::size_t who, std::size_t i) {
    answered[i].answers = askers[i]->ask(who, follow(answered[i].plan));
  });
  return answered;
}

std::optional<AskedDifference> FuzzAsker::find_difference_in(const Answered& answered) const {
  if (!answered.answers) return std::nullopt;
  const std::size_t at = find_difference(answered.plan, *answered.answers);
  if (at == answered.answers->size()) return std::nullopt;
  AskedDifference difference{.plan = answered.plan};
  difference.plan.steps.resize(at + 1);
  difference.plan.said.steps.resize(at + 1);
  const PlannedStep& last = difference.plan.steps.back();
  difference.requirements = find_requirements(settings_.source.profile, difference.plan.said);
  difference.cause = {.requirement = difference.requirements.front(),
                      .place = std::string(last.due),
                      .expected = last.next.expected.answer,
                      .came = (*answered.answers)[at]};
  return difference;
}

std::optional<AskedDifference> FuzzAsker::find_patient(const AskedDifference& difference) {
  const SaidConversation patient = say_patiently(settings_.source.profile, difference.plan.said);
  if (patient == difference.plan.said) return std::nullopt;
  auto found = find_difference_in(ask({&patient, 1}).front());
  if (!found || found->shows(difference)) return std::nullopt;
  return found;
}

AskedDifference FuzzAsker::shorten(const AskedDifference& difference, std::size_t least_keys,
                                   TimePoint end) {
  AskedDifference shortest = difference;
  const FindShowing find =
      [&](std::span<const SaidConversation> candidates) -> std::optional<std::size_t> {
    if (settings_.source.clock.now() >= end || settings_.interrupt.requested()) return std::nullopt;
    const auto answered = ask(candidates);
    for (std::size_t i = 0; i < answered.size(); ++i) {
      auto shown = find_difference_in(answered[i]);
      if (!shown || !shown->shows(difference)) continue;
      shortest = *std::move(shown);
      return i;
    }
    return std::nullopt;
  };
  minimise(settings_.source.profile, difference.plan.said, find,
           {.at_a_time = settings_.jobs, .least_keys = least_keys});
  return shortest;
}

FuzzAsker::ShownAgain FuzzAsker::show_again(const AskedDifference& difference, std::size_t times) {
  std::vector<ServerAsker::Asked> asked(times);
  ServerAsker& asker = with_keys(difference.plan.said.keys);
  asker.for_each(asked.size(), [&](std::size_t who, std::size_t i) {
    asked[i] = asker.ask_afresh(who, follow(difference.plan), settings_.end);
  });
  ShownAgain again;
  for (auto& answers : asked) {
    if (!answers) continue;
    ++again.played;
    const auto shown = find_difference_in({.plan = difference.plan, .answers = answers});
    if (shown && shown->shows(difference)) ++again.shown;
  }
  return again;
}

std::optional<AskingEnd> FuzzAsker::end() const {
  for (const auto& [keys, asker] : askers_) {
    if (auto end = asker->end()) return end;
  }
  return std::nullopt;
}

AskingCounts FuzzAsker::counts() const {
  AskingCounts counts;
  for (const auto& [keys, asker] : askers_) counts += asker->counts();
  return counts;
}

}  // namespace chatspec
