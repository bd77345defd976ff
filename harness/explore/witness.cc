#include "harness/explore/witness.h"

#include <fmt/format.h>

#include "harness/explore/reference_server.h"
#include "harness/explore/said_requirements.h"
#include "harness/explore/said_scenario.h"

namespace chatspec {
namespace {

// In the words of which every scenario is written, and which can say all symbols.
const chat::Profile& spoken_profile() {
  return *chat::find_profile("line");
}

SaidConversation say_word(const ClientAlphabet& alphabet, std::span<const learning::Symbol> word) {
  SaidConversation conversation;
  for (std::size_t place = 0; place < word.size(); ++place)
    conversation.steps.push_back(say_symbol(spoken_profile(), alphabet, word[place], place));
  return conversation;
}

}  // namespace

std::vector<std::string> find_requirements(const ClientAlphabet& alphabet,
                                           std::span<const learning::Symbol> word) {
  return find_requirements(spoken_profile(), say_word(alphabet, word));
}

std::string write_witness(const ClientAlphabet& alphabet, std::span<const learning::Symbol> word,
                          std::string_view came) {
  const auto expected = ask_reference(spoken_profile(), make_exploring_keys(0), alphabet, word);
  return write_said_scenario(
      spoken_profile(), say_word(alphabet, word),
      {.comment = {fmt::format("Found by exploring a server: expected {}, came {}.",
                               expected.back(), came)},
       .title = fmt::format("{} is answered as the protocol says", show_word(alphabet, word)),
       .requirements = find_requirements(alphabet, word)});
}

}  // namespace chatspec
