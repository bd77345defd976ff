#include "harness/explore/client_partner.h"

#include "harness/explore/protocol/planned_client_conversation.h"

namespace chatspec {

PlannedConversation ClientPartner::plan(const SaidConversation& said) const {
  return plan_client_conversation(source_.profile, source_.signatures, said);
}

std::vector<std::string> ClientPartner::find_requirements(const SaidConversation& said,
                                                          std::string_view /*missed*/) const {
  return find_client_requirements(source_.profile, source_.signatures, said);
}

Asked ClientPartner::ask(std::size_t, const PlannedConversation& plan, ReachedLines& reached) {
  return asker_.ask(plan.said.messages, follow(plan), &reached);
}

Asked ClientPartner::ask_afresh(std::size_t, const PlannedConversation& plan, TimePoint end) {
  return asker_.ask_afresh(plan.said.messages, follow(plan), end);
}

}  // namespace chatspec
