// A breadth-first search over words: each state of the reference is entered once, by the first word
// that reaches it, and from there each symbol is tried. There are few states, since what a text
// says, and how many there were, makes no difference to answers that are told apart by whether
// their content is right.

#include "harness/explore/protocol/reference_machine.h"

#include <map>
#include <memory>

#include <fmt/format.h>

#include "harness/explore/protocol/reference_server.h"

namespace chatspec {
namespace {

// `Begin` gives a conversation at its beginning.
template <typename Begin>
class StateSearch {
 public:
  StateSearch(const chat::Profile& profile, const SaidAlphabet& alphabet, learning::Names& outputs,
              const Begin& begin)
      : profile_(profile),
        alphabet_(alphabet),
        outputs_(outputs),
        begin_(begin),
        machine_(static_cast<int>(alphabet.size())) {
    states_.emplace(begin_()->state(), learning::kInitial);
    words_.emplace_back();
  }

  ReferenceMachine run() {
    for (std::size_t state = 0; state < words_.size(); ++state) {
      for (learning::Symbol symbol = 0; symbol < machine_.inputs(); ++symbol)
        try_edge(static_cast<learning::State>(state), symbol);
    }
    ReferenceMachine made{.machine = minimise(machine_), .state_names = {}};
    for (const auto& access : find_access_words(made.machine))
      made.state_names.push_back(name_place(alphabet_, access.value_or(learning::Word())));
    return made;
  }

 private:
  void try_edge(learning::State from, learning::Symbol symbol) {
    learning::Word word = words_[static_cast<std::size_t>(from)];
    word.push_back(symbol);
    const auto conversation = begin_();
    std::string answer;
    for (const Said& said : say_word(profile_, alphabet_, word))
      answer = conversation->say(said).answer;
    const auto [found, is_new] = states_.try_emplace(conversation->state(), machine_.states());
    if (is_new) {
      machine_.add_state();
      words_.push_back(std::move(word));
    }
    machine_.set(from, symbol, {.next = found->second, .output = outputs_.intern(answer)});
  }

  const chat::Profile& profile_;
  const SaidAlphabet& alphabet_;
  learning::Names& outputs_;
  const Begin& begin_;
  learning::MealyMachine machine_;
  std::map<std::string, learning::State> states_;
  std::vector<learning::Word> words_;  // by state: the one that leads to it
};

}  // namespace

std::string name_place(const SaidAlphabet& alphabet, std::span<const learning::Symbol> access) {
  if (access.empty()) return "at the beginning";
  return fmt::format("after {}", show_word(alphabet, access));
}

ReferenceMachine make_reference_machine(const chat::Profile& profile, const SaidAlphabet& alphabet,
                                        learning::Names& outputs) {
  const std::vector<std::string> keys = make_exploring_keys(0);
  const auto begin = [&] { return std::make_unique<ReferenceConversation>(profile, keys); };
  return StateSearch(profile, alphabet, outputs, begin).run();
}

std::vector<std::string> make_learned_messages() {
  return {"line 1\n.2 a\\b", "another"};
}

ReferenceMachine make_client_machine(const chat::Profile& profile, const SaidAlphabet& alphabet,
                                     OnNoSignature on_no_signature, learning::Names& outputs) {
  const std::vector<std::string> messages = make_learned_messages();
  const std::vector<std::string> signatures = make_learned_signatures(profile);
  const auto begin = [&] {
    auto conversation = std::make_unique<ReferenceClientConversation>(profile, messages, signatures,
                                                                      on_no_signature);
    conversation->say({});
    return conversation;
  };
  return StateSearch(profile, alphabet, outputs, begin).run();
}

}  // namespace chatspec
