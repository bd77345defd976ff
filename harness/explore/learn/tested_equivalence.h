// Tests whether a system does as a machine says, by words that are asked of it; the source says
// which.

#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>

#include "harness/explore/learn/asked_words.h"
#include "harness/explore/learn/equivalence.h"
#include "harness/explore/learn/mealy_machine.h"

namespace chatspec::learning {

struct TestSettings {
  int extra_states = 2;
  std::uint64_t most_words = 100'000;  // asked for one machine
  std::uint64_t walks = 200;           // random words
  std::uint64_t seed = 0;              // of the walks

  // Whose edges pumps and walks follow; borrowed. Nothing means the machine that is tested.
  const MealyMachine* prior = nullptr;

  // Which outputs are those of a session that goes well. Where it is empty, all that do not end it.
  std::function<bool(Output)> is_good{};
};

class TestedEquivalence : public Equivalence {
 public:
  // Borrows the words, by which it asks.
  TestedEquivalence(AskedWords& words, TestSettings settings);

  std::expected<std::optional<Word>, TeacherFailure> find_counterexample(
      const MealyMachine& machine) override;
  Guarantee guarantee() const override { return guarantee_; }

 private:
  bool try_walks(const MealyMachine& machine, const std::function<bool(const Word&)>& add) const;

  AskedWords& words_;
  TestSettings settings_;
  Guarantee guarantee_{};
};

}  // namespace chatspec::learning
