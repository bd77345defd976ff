#include "harness/explore/learn/walks.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace chatspec::learning {
namespace {

constexpr int kRepeats = 8;
constexpr std::uint64_t kGoodPercent = 85;
constexpr std::uint64_t kMeanLength = 20;
constexpr std::size_t kMostInputs = 200;

}  // namespace

GoodPaths::GoodPaths(const MealyMachine& machine, const std::function<bool(Output)>& is_good)
    : machine_(machine), inputs_(static_cast<std::size_t>(machine.states())) {
  for (State state = 0; state < machine.states(); ++state) {
    for (Symbol input = 0; input < machine.inputs(); ++input) {
      if (is_good(machine.step(state, input).output))
        inputs_[static_cast<std::size_t>(state)].push_back(input);
    }
  }
}

std::optional<Word> GoodPaths::find_path(State from, State to) const {
  std::vector<std::optional<Word>> words(inputs_.size());
  words[static_cast<std::size_t>(from)] = Word();
  std::vector<State> found{from};
  for (std::size_t at = 0; at < found.size(); ++at) {
    const Word word = *words[static_cast<std::size_t>(found[at])];
    if (found[at] == to) return word;
    for (const Symbol input : inputs(found[at])) {
      const State next = machine_.step(found[at], input).next;
      auto& known = words[static_cast<std::size_t>(next)];
      if (known) continue;
      known = word;
      known->push_back(input);
      found.push_back(next);
    }
  }
  return std::nullopt;
}

std::vector<Word> GoodPaths::list_pumps() const {
  std::vector<Word> pumps;
  for (State state = 0; state < machine_.states(); ++state) {
    const auto access = find_path(kInitial, state);
    if (!access) continue;
    for (const Symbol input : inputs(state)) {
      const auto back = find_path(machine_.step(state, input).next, state);
      if (!back) continue;
      Word pump = *access;
      for (int i = 0; i < kRepeats; ++i) {
        pump.push_back(input);
        pump.insert(pump.end(), back->begin(), back->end());
      }
      pumps.push_back(std::move(pump));
    }
  }
  return pumps;
}

Word walk(const MealyMachine& machine, const GoodPaths& paths, Word start,
          const std::function<bool(Output)>& ends, std::mt19937_64& random) {
  Word word = std::move(start);
  State state = run(machine, word);
  const std::size_t most = word.size() + kMostInputs;
  while (word.size() < most) {
    const std::vector<Symbol>& good = paths.inputs(state);
    const bool is_good = !good.empty() && random() % 100 < kGoodPercent;
    const Symbol input =
        is_good ? good[random() % good.size()]
                : static_cast<Symbol>(random() % static_cast<std::uint64_t>(machine.inputs()));
    word.push_back(input);
    const MealyStep step = machine.step(state, input);
    if ((ends && ends(step.output)) || random() % kMeanLength == 0) break;
    state = step.next;
  }
  return word;
}

}  // namespace chatspec::learning
