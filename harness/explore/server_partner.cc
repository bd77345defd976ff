#include "harness/explore/server_partner.h"

#include "harness/explore/protocol/said_requirements.h"

namespace chatspec {

PlannedConversation ServerPartner::plan(const SaidConversation& said) const {
  return plan_conversation(settings_.source.profile, settings_.source.keys, said);
}

std::vector<std::string> ServerPartner::find_requirements(const SaidConversation& said,
                                                          std::string_view missed) const {
  return chatspec::find_requirements(settings_.source.profile, said, missed);
}

Asked ServerPartner::ask(std::size_t who, const PlannedConversation& plan, ReachedLines& reached) {
  return askers_.at(plan.said.keys)->ask(who, follow(plan), &reached);
}

Asked ServerPartner::ask_afresh(std::size_t who, const PlannedConversation& plan, TimePoint end) {
  return askers_.at(plan.said.keys)->ask_afresh(who, follow(plan), end);
}

void ServerPartner::prepare(const PlannedConversation& plan) {
  auto& asker = askers_[plan.said.keys];
  if (asker) return;
  ServerAsker::Settings settings = settings_;
  settings.source.keys = settings.source.keys.first(plan.said.keys);
  asker = std::make_unique<ServerAsker>(settings);
}

std::optional<AskingEnd> ServerPartner::end() const {
  for (const auto& [keys, asker] : askers_) {
    if (auto end = asker->end()) return end;
  }
  return std::nullopt;
}

AskingCounts ServerPartner::counts() const {
  AskingCounts counts;
  for (const auto& [keys, asker] : askers_) counts += asker->counts();
  return counts;
}

}  // namespace chatspec
