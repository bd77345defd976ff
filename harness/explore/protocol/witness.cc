#include "harness/explore/protocol/witness.h"

#include <fmt/format.h>

#include "harness/explore/protocol/planned_client_conversation.h"
#include "harness/explore/protocol/reference_machine.h"
#include "harness/explore/protocol/reference_server.h"
#include "harness/explore/protocol/said_client_scenario.h"
#include "harness/explore/protocol/said_requirements.h"
#include "harness/explore/protocol/said_scenario.h"

namespace chatspec {
namespace {

// In the words of which every scenario is written, and which can say all symbols.
const chat::Profile& spoken_profile() {
  return *chat::find_profile("line");
}

bool asks_client(const SaidAlphabet& alphabet) {
  return alphabet.speaker == chat::Role::kServer;
}

SaidConversation say_to_server(const SaidAlphabet& alphabet,
                               std::span<const learning::Symbol> word) {
  return {.steps = say_word(spoken_profile(), alphabet, word)};
}

PlannedConversation plan_for_client(const SaidAlphabet& alphabet,
                                    std::span<const learning::Symbol> word) {
  return plan_client_conversation(
      spoken_profile(), make_learned_signatures(spoken_profile()),
      {.steps = say_word(spoken_profile(), alphabet, word), .messages = make_learned_messages()});
}

}  // namespace

std::vector<std::string> find_requirements(const SaidAlphabet& alphabet,
                                           std::span<const learning::Symbol> word) {
  if (!asks_client(alphabet))
    return find_requirements(spoken_profile(), say_to_server(alphabet, word));
  return find_client_requirements(spoken_profile(), make_learned_signatures(spoken_profile()),
                                  plan_for_client(alphabet, word).said);
}

std::string write_witness(const SaidAlphabet& alphabet, std::span<const learning::Symbol> word,
                          std::string_view came) {
  const auto around = [&](std::string_view expected) {
    return SaidScenario{
        .comment = {fmt::format("Found by exploring a {}: expected {}, came {}.",
                                asks_client(alphabet) ? "client" : "server", expected, came)},
        .title = fmt::format("{} is answered as the protocol says", show_word(alphabet, word)),
        .requirements = find_requirements(alphabet, word)};
  };
  if (asks_client(alphabet)) {
    const PlannedConversation plan = plan_for_client(alphabet, word);
    return write_client_scenario(spoken_profile(), make_learned_signatures(spoken_profile()),
                                 plan.said, around(plan.steps.back().next.expected.answer));
  }
  const auto expected = ask_reference(spoken_profile(), make_exploring_keys(0), alphabet, word);
  return write_said_scenario(spoken_profile(), say_to_server(alphabet, word),
                             around(expected.back()));
}

}  // namespace chatspec
