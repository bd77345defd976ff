// Words that go where sessions go well, further than complete tests can afford.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"

namespace chatspec::learning {

// What is good of a machine, and so worth following.
class GoodPaths {
 public:
  // Borrows the machine.
  GoodPaths(const MealyMachine& machine, const std::function<bool(Output)>& is_good);

  // The inputs with a good output.
  const std::vector<Symbol>& inputs(State state) const {
    return inputs_[static_cast<std::size_t>(state)];
  }

  // For each good edge from which good edges lead back to where it begins: a shortest good word to
  // there and the whole cycle eight times. What counts or piles up shows by repeating.
  std::vector<Word> list_pumps() const;

 private:
  std::optional<Word> find_path(State from, State to) const;

  const MealyMachine& machine_;
  std::vector<std::vector<Symbol>> inputs_{};
};

// A random word along the machine: 85 of 100 inputs are such with a good output where there are
// any, the others any. `start` is where it begins. It ends where `ends` says so, or by chance,
// after 20 inputs on average.
Word walk(const MealyMachine& machine, const GoodPaths& paths, Word start,
          const std::function<bool(Output)>& ends, std::mt19937_64& random);

}  // namespace chatspec::learning
