// A breadth-first search over words: each state of the reference is entered once, by the first word
// that reaches it, and from there each symbol is tried. There are few states, since what a text
// says, and how many there were, makes no difference to answers that are told apart by whether
// their content is right.

#include "harness/explore/reference_machine.h"

#include <map>

#include <fmt/format.h>

#include "harness/explore/reference_server.h"

namespace chatspec {
namespace {

class StateSearch {
 public:
  StateSearch(const chat::Profile& profile, const ClientAlphabet& alphabet,
              learning::Names& outputs)
      : profile_(profile),
        alphabet_(alphabet),
        outputs_(outputs),
        machine_(static_cast<int>(alphabet.size())) {
    states_.emplace(ReferenceConversation(profile_, keys_).state(), learning::kInitial);
    words_.emplace_back();
  }

  learning::MealyMachine run() {
    for (std::size_t state = 0; state < words_.size(); ++state) {
      for (learning::Symbol symbol = 0; symbol < machine_.inputs(); ++symbol)
        try_edge(static_cast<learning::State>(state), symbol);
    }
    return minimise(machine_);
  }

 private:
  void try_edge(learning::State from, learning::Symbol symbol) {
    learning::Word word = words_[static_cast<std::size_t>(from)];
    word.push_back(symbol);
    ReferenceConversation conversation(profile_, keys_);
    std::string answer;
    for (std::size_t place = 0; place < word.size(); ++place)
      answer = conversation.say(say_symbol(profile_, alphabet_, word[place], place)).answer;
    const auto [found, is_new] = states_.try_emplace(conversation.state(), machine_.states());
    if (is_new) {
      machine_.add_state();
      words_.push_back(std::move(word));
    }
    machine_.set(from, symbol, {.next = found->second, .output = outputs_.intern(answer)});
  }

  const chat::Profile& profile_;
  const ClientAlphabet& alphabet_;
  learning::Names& outputs_;
  std::vector<std::string> keys_ = make_exploring_keys(0);
  learning::MealyMachine machine_;
  std::map<std::string, learning::State> states_;
  std::vector<learning::Word> words_;  // by state: the one that leads to it
};

}  // namespace

std::string name_place(const ClientAlphabet& alphabet, std::span<const learning::Symbol> access) {
  if (access.empty()) return "at the beginning";
  return fmt::format("after {}", show_word(alphabet, access));
}

ReferenceMachine make_reference_machine(const chat::Profile& profile,
                                        const ClientAlphabet& alphabet, learning::Names& outputs) {
  ReferenceMachine made{.machine = StateSearch(profile, alphabet, outputs).run(),
                        .state_names = {}};
  for (const auto& access : find_access_words(made.machine))
    made.state_names.push_back(name_place(alphabet, access.value_or(learning::Word())));
  return made;
}

}  // namespace chatspec
