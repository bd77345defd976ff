#include "harness/explore/learn/mealy_machine.h"

#include <algorithm>
#include <map>
#include <utility>

namespace chatspec::learning {
namespace {

// The classes of states that have done the same so far, from their outputs to what they do next:
// refined until a round finds no more of them (Moore's algorithm).
std::vector<int> find_classes(const MealyMachine& machine) {
  const auto states = static_cast<std::size_t>(machine.states());
  std::vector<int> classes(states, 0);
  for (std::size_t known = 0;;) {
    std::map<std::vector<int>, int> numbers;
    std::vector<int> refined(states);
    for (State state = 0; state < machine.states(); ++state) {
      std::vector<int> signature{classes[static_cast<std::size_t>(state)]};
      for (Symbol input = 0; input < machine.inputs(); ++input) {
        const MealyStep step = machine.step(state, input);
        signature.push_back(step.output);
        signature.push_back(classes[static_cast<std::size_t>(step.next)]);
      }
      const int next = static_cast<int>(numbers.size());
      refined[static_cast<std::size_t>(state)] = numbers.emplace(signature, next).first->second;
    }
    if (numbers.size() == known) return refined;
    known = numbers.size();
    classes = std::move(refined);
  }
}

// How a search came to a pair of states: from which pair, by which input.
struct Visit {
  std::pair<State, State> from{};
  Symbol input = 0;
};

Word trace(const std::map<std::pair<State, State>, Visit>& visits, std::pair<State, State> at,
           std::pair<State, State> start) {
  Word word;
  while (at != start) {
    const Visit& visit = visits.at(at);
    word.push_back(visit.input);
    at = visit.from;
  }
  std::ranges::reverse(word);
  return word;
}

}  // namespace

MealyMachine::MealyMachine(int inputs) : inputs_(inputs) {
  add_state();
}

State MealyMachine::add_state() {
  const State added = states();
  steps_.resize(steps_.size() + static_cast<std::size_t>(inputs_),
                {.next = added, .output = kUnknownOutput});
  return added;
}

State run(const MealyMachine& machine, std::span<const Symbol> word, State from) {
  for (const Symbol input : word) from = machine.step(from, input).next;
  return from;
}

std::vector<Output> outputs_of(const MealyMachine& machine, std::span<const Symbol> word,
                               State from) {
  std::vector<Output> outputs;
  outputs.reserve(word.size());
  for (const Symbol input : word) {
    const MealyStep step = machine.step(from, input);
    outputs.push_back(step.output);
    from = step.next;
  }
  return outputs;
}

MealyMachine minimise(const MealyMachine& machine) {
  const std::vector<int> classes = find_classes(machine);
  MealyMachine smallest(machine.inputs());
  std::map<int, State> numbers{{classes[kInitial], kInitial}};
  std::vector<State> found{kInitial};  // by number, the first state of its class
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (Symbol input = 0; input < machine.inputs(); ++input) {
      const MealyStep step = machine.step(found[at], input);
      const int of_class = classes[static_cast<std::size_t>(step.next)];
      auto number = numbers.find(of_class);
      if (number == numbers.end()) {
        number = numbers.emplace(of_class, smallest.add_state()).first;
        found.push_back(step.next);
      }
      smallest.set(static_cast<State>(at), input, {number->second, step.output});
    }
  }
  return smallest;
}

std::vector<std::optional<Word>> find_access_words(const MealyMachine& machine) {
  std::vector<std::optional<Word>> words(static_cast<std::size_t>(machine.states()));
  words[kInitial] = Word();
  std::vector<State> found{kInitial};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (Symbol input = 0; input < machine.inputs(); ++input) {
      const State next = machine.step(found[at], input).next;
      auto& word = words[static_cast<std::size_t>(next)];
      if (word) continue;
      word = words[static_cast<std::size_t>(found[at])];
      word->push_back(input);
      found.push_back(next);
    }
  }
  return words;
}

std::optional<Word> find_separating_word(const MealyMachine& one, State of_one,
                                         const MealyMachine& other, State of_other) {
  const std::pair start{of_one, of_other};
  std::map<std::pair<State, State>, Visit> visits{{start, {}}};
  std::vector<std::pair<State, State>> found{start};
  for (std::size_t at = 0; at < found.size(); ++at) {
    const auto pair = found[at];
    for (Symbol input = 0; input < one.inputs(); ++input) {
      const MealyStep step = one.step(pair.first, input);
      const MealyStep other_step = other.step(pair.second, input);
      if (step.output != other_step.output) {
        Word word = trace(visits, pair, start);
        word.push_back(input);
        return word;
      }
      const std::pair next{step.next, other_step.next};
      if (visits.emplace(next, Visit{pair, input}).second) found.push_back(next);
    }
  }
  return std::nullopt;
}

std::optional<Word> find_separating_word(const MealyMachine& one, const MealyMachine& other) {
  return find_separating_word(one, kInitial, other, kInitial);
}

}  // namespace chatspec::learning
