// A Mealy machine that is deterministic and complete: in each state each input has one output and
// one next state. Inputs and outputs are numbers; an Alphabet (names.h) has their names.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace chatspec::learning {

using Symbol = int;  // an input: 0 <= symbol < inputs()
using Output = int;
using State = int;  // 0 <= state < states(); 0 is the initial one
using Word = std::vector<Symbol>;

inline constexpr State kInitial = 0;

// The output of an edge of which nothing is known: where learning had to stop early.
inline constexpr Output kUnknownOutput = -1;

struct MealyStep {
  State next = kInitial;
  Output output = kUnknownOutput;
  friend bool operator==(const MealyStep&, const MealyStep&) = default;
};

class MealyMachine {
 public:
  // With the initial state alone; there is at least one input.
  explicit MealyMachine(int inputs);

  // A further state. Until they are set, all its edges lead back to it, with kUnknownOutput.
  State add_state();

  void set(State state, Symbol input, MealyStep step) { steps_[place(state, input)] = step; }

  MealyStep step(State state, Symbol input) const { return steps_[place(state, input)]; }

  int inputs() const { return inputs_; }
  int states() const { return static_cast<int>(steps_.size()) / inputs_; }

  // Whether they are the same state by state, not only in what they do.
  friend bool operator==(const MealyMachine&, const MealyMachine&) = default;

 private:
  std::size_t place(State state, Symbol input) const {
    return static_cast<std::size_t>(state) * static_cast<std::size_t>(inputs_) +
           static_cast<std::size_t>(input);
  }

  int inputs_;
  std::vector<MealyStep> steps_{};
};

State run(const MealyMachine& machine, std::span<const Symbol> word, State from = kInitial);

// One output for each symbol.
std::vector<Output> outputs_of(const MealyMachine& machine, std::span<const Symbol> word,
                               State from = kInitial);

// The smallest machine that does the same, its states in the order in which a breadth-first search
// from the initial one finds them: equivalent machines become the same.
MealyMachine minimise(const MealyMachine& machine);

// A shortest word to each state, the first of them by the numbers of inputs; nothing for a state
// that cannot be reached.
std::vector<std::optional<Word>> find_access_words(const MealyMachine& machine);

// A shortest word by whose outputs two states differ; nothing where they do the same. Both machines
// have the same number of inputs.
std::optional<Word> find_separating_word(const MealyMachine& one, State of_one,
                                         const MealyMachine& other, State of_other);

// The same of the initial states: nothing where the machines are equivalent.
std::optional<Word> find_separating_word(const MealyMachine& one, const MealyMachine& other);

}  // namespace chatspec::learning
