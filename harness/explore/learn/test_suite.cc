#include "harness/explore/learn/test_suite.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace chatspec::learning {
namespace {

using States = std::vector<State>;

// The states of a block by what they answer to a word.
std::vector<States> split(const MealyMachine& machine, const States& block, const Word& word) {
  std::vector<std::pair<std::vector<Output>, State>> answers;
  for (const State state : block) answers.emplace_back(outputs_of(machine, word, state), state);
  std::ranges::sort(answers);
  std::vector<States> parts;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (i == 0 || answers[i].first != answers[i - 1].first) parts.emplace_back();
    parts.back().push_back(answers[i].second);
  }
  return parts;
}

// Words of which others are beginnings say all that those say.
void drop_beginnings(std::vector<Word>& words) {
  std::ranges::sort(words);
  std::vector<Word> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_beginning = i + 1 < words.size() && words[i].size() <= words[i + 1].size() &&
                              std::equal(words[i].begin(), words[i].end(), words[i + 1].begin());
    if (!is_beginning) kept.push_back(words[i]);
  }
  words = std::move(kept);
}

}  // namespace

// Blocks of states are split by a shortest word that tells the first of them from some other, until
// each is one state. What two states were told apart by is thus the word that split their block.
std::vector<std::vector<Word>> find_identifiers(const MealyMachine& machine) {
  std::vector<std::vector<Word>> identifiers(static_cast<std::size_t>(machine.states()));
  States all;
  for (State state = 0; state < machine.states(); ++state) all.push_back(state);
  std::vector<States> blocks{all};
  while (!blocks.empty()) {
    const States block = std::move(blocks.back());
    blocks.pop_back();
    std::optional<Word> best;
    for (std::size_t i = 1; i < block.size(); ++i) {
      auto word = find_separating_word(machine, block[0], machine, block[i]);
      if (word && (!best || word->size() < best->size())) best = std::move(word);
    }
    if (!best) continue;
    for (const State state : block) identifiers[static_cast<std::size_t>(state)].push_back(*best);
    for (States& part : split(machine, block, *best)) blocks.push_back(std::move(part));
  }
  for (std::vector<Word>& words : identifiers) drop_beginnings(words);
  return identifiers;
}

namespace {

class Round {
 public:
  Round(const MealyMachine& machine, const std::vector<std::vector<Word>>& identifiers,
        const std::function<bool(Output)>& ends, const std::function<bool(const Word&)>& take)
      : machine_(machine), identifiers_(identifiers), ends_(ends), take_(take) {}

  // All words that go on with so many inputs.
  bool list(const Word& word, State state, int inputs) const {
    if (inputs == 0) return identify(word, state);
    for (Symbol input = 0; input < machine_.inputs(); ++input) {
      Word longer = word;
      longer.push_back(input);
      const MealyStep step = machine_.step(state, input);
      const bool is_over = ends_ && ends_(step.output);
      if (!(is_over ? take_(longer) : list(longer, step.next, inputs - 1))) return false;
    }
    return true;
  }

 private:
  bool identify(const Word& word, State state) const {
    const std::vector<Word>& suffixes = identifiers_[static_cast<std::size_t>(state)];
    if (suffixes.empty()) return take_(word);  // there is no other state
    return std::ranges::all_of(suffixes, [&](const Word& suffix) {
      Word whole = word;
      whole.insert(whole.end(), suffix.begin(), suffix.end());
      return take_(whole);
    });
  }

  const MealyMachine& machine_;
  const std::vector<std::vector<Word>>& identifiers_;
  const std::function<bool(Output)>& ends_;
  const std::function<bool(const Word&)>& take_;
};

}  // namespace

bool list_round(const MealyMachine& machine, int round,
                const std::vector<std::vector<Word>>& identifiers,
                const std::function<bool(Output)>& ends,
                const std::function<bool(const Word&)>& take) {
  const Round words(machine, identifiers, ends, take);
  const auto accesses = find_access_words(machine);
  States states;
  for (State state = 0; state < machine.states(); ++state) {
    if (accesses[static_cast<std::size_t>(state)]) states.push_back(state);
  }
  std::ranges::stable_sort(
      states, {}, [&](State state) { return accesses[static_cast<std::size_t>(state)]->size(); });
  return std::ranges::all_of(states, [&](State state) {
    const Word& access = *accesses[static_cast<std::size_t>(state)];
    // What comes after the end of a session is known.
    if (ends && std::ranges::any_of(outputs_of(machine, access), ends)) return true;
    return (round > 0 || words.list(access, state, 0)) && words.list(access, state, round + 1);
  });
}

}  // namespace chatspec::learning
