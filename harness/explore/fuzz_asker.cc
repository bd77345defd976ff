#include "harness/explore/fuzz_asker.h"

#include <utility>

#include "harness/explore/fuzz/minimise.h"

namespace chatspec {

bool AskedDifference::shows(const AskedDifference& other) const {
  if (cause.came.ends_with(kCrashedAnswer) && other.cause.came.ends_with(kCrashedAnswer))
    return true;
  return find_parting(cause.expected, cause.came) ==
         find_parting(other.cause.expected, other.cause.came);
}

std::vector<FuzzAsker::Answered> FuzzAsker::ask(std::span<const SaidConversation> conversations) {
  std::vector<Answered> answered;
  for (const SaidConversation& said : conversations) {
    answered.push_back({.plan = settings_.partner.plan(said), .answers = Answers()});
    settings_.partner.prepare(answered.back().plan);
  }
  ask_several(settings_.jobs, answered.size(), [&](std::size_t who, std::size_t i) {
    answered[i].answers = settings_.partner.ask(who, answered[i].plan, answered[i].reached);
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
  const std::string& came = (*answered.answers)[at];
  const std::string& expected = last.next.expected.answer;
  difference.requirements = settings_.partner.find_requirements(
      difference.plan.said, find_parting(expected, came).expected);
  difference.cause = {.requirement = difference.requirements.front(),
                      .place = std::string(last.due),
                      .expected = expected,
                      .came = came};
  return difference;
}

std::optional<AskedDifference> FuzzAsker::find_patient(const AskedDifference& difference) {
  const SaidConversation patient = say_patiently(settings_.partner.profile(), difference.plan.said);
  if (settings_.partner.plan(patient).said == difference.plan.said) return std::nullopt;
  auto found = find_difference_in(ask({&patient, 1}).front());
  if (!found || found->shows(difference)) return std::nullopt;
  return found;
}

AskedDifference FuzzAsker::shorten(const AskedDifference& difference, std::size_t least_keys,
                                   TimePoint end) {
  AskedDifference shortest = difference;
  const FindShowing find =
      [&](std::span<const SaidConversation> candidates) -> std::optional<std::size_t> {
    if (settings_.clock.now() >= end || settings_.interrupt.requested()) return std::nullopt;
    const auto answered = ask(candidates);
    for (std::size_t i = 0; i < answered.size(); ++i) {
      auto shown = find_difference_in(answered[i]);
      if (!shown || !shown->shows(difference)) continue;
      shortest = *std::move(shown);
      return i;
    }
    return std::nullopt;
  };
  minimise(settings_.partner.profile(), difference.plan.said, find,
           {.at_a_time = settings_.jobs, .least_keys = least_keys});
  return shortest;
}

FuzzAsker::ShownAgain FuzzAsker::show_again(const AskedDifference& difference, std::size_t times) {
  std::vector<Asked> asked(times);
  ask_several(settings_.jobs, asked.size(), [&](std::size_t who, std::size_t i) {
    asked[i] = settings_.partner.ask_afresh(who, difference.plan, settings_.end);
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

}  // namespace chatspec
