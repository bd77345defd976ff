// Machines and teachers for tests.

#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/teacher.h"

namespace chatspec::learning {

// A row for each state, in it a step for each input.
inline MealyMachine machine_of(const std::vector<std::vector<MealyStep>>& rows) {
  MealyMachine machine(static_cast<int>(rows.front().size()));
  while (machine.states() < static_cast<int>(rows.size())) machine.add_state();
  for (State state = 0; state < machine.states(); ++state) {
    for (Symbol input = 0; input < machine.inputs(); ++input) {
      machine.set(state, input,
                  rows[static_cast<std::size_t>(state)][static_cast<std::size_t>(input)]);
    }
  }
  return machine;
}

// The outputs of session_machine().
inline constexpr Output kGood = 0;
inline constexpr Output kText = 1;
inline constexpr Output kClosed = 2;

// Like a chat server: 0 opens, 1 begins a message, 2 ends it and 3 quits; whatever else comes
// closes.
inline MealyMachine session_machine() {
  const MealyStep closes{3, kClosed};
  return machine_of({
      {{1, kGood}, closes, closes, closes},
      {closes, {2, kGood}, closes, {3, kClosed}},
      {{2, kText}, {2, kText}, {1, kGood}, {2, kText}},
      {closes, closes, closes, closes},
  });
}

// A minimal machine with at most so many states, all of which can be reached.
inline MealyMachine random_machine(std::uint64_t seed, int states, int inputs, int outputs) {
  std::mt19937_64 random(seed);
  const auto below = [&](int most) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(most));
  };
  MealyMachine machine(inputs);
  while (machine.states() < states) machine.add_state();
  for (State state = 0; state < states; ++state) {
    for (Symbol input = 0; input < inputs; ++input) {
      machine.set(state, input, {below(states), below(outputs)});
    }
  }
  return minimise(machine);
}

// Answers what `change` makes of a machine's answer: it is given the word, the outputs, and how
// many words were asked before.
class ChangedTeacher : public Teacher {
 public:
  using Change = std::function<Answer(std::span<const Symbol>, std::vector<Output>, std::uint64_t)>;

  // Borrows the machine.
  ChangedTeacher(const MealyMachine& machine, Change change)
      : machine_(machine), change_(std::move(change)) {}

  Answer answer(std::span<const Symbol> word) override {
    return change_(word, outputs_of(machine_, word), asked_++);
  }

  std::uint64_t asked() const { return asked_; }

 private:
  const MealyMachine& machine_;
  Change change_;
  std::uint64_t asked_ = 0;
};

}  // namespace chatspec::learning
