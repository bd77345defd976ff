// Whether a system does as a machine says: by tests, since a black box can only be asked.

#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "harness/explore/learn/asked_words.h"
#include "harness/explore/learn/mealy_machine.h"

namespace chatspec {

// What is known of a machine against which no word was found.
struct Guarantee {
  // The machine is right if the system has at most so many states more than it; nothing where
  // words were only sampled.
  std::optional<int> extra_states{};
  std::uint64_t words = 0;      // that were tried against it
  bool is_budget_used = false;  // there were more to try

  // In a few words, for people.
  std::string describe(int states) const;
};

class Equivalence {
 public:
  virtual ~Equivalence() = default;

  // A word that the system answers otherwise than the machine; nothing where none was found, and
  // then guarantee() says what that means.
  virtual std::expected<std::optional<Word>, TeacherFailure> find_counterexample(
      const MealyMachine& machine) = 0;

  virtual Guarantee guarantee() const = 0;
};

// Knows the system: its counterexamples are shortest ones and cost nothing. For measuring.
class PerfectEquivalence : public Equivalence {
 public:
  // Borrows it.
  explicit PerfectEquivalence(const MealyMachine& system) : system_(system) {}

  std::expected<std::optional<Word>, TeacherFailure> find_counterexample(
      const MealyMachine& machine) override;
  Guarantee guarantee() const override;

 private:
  const MealyMachine& system_;
};

struct TestSettings {
  int extra_states = 2;
  std::uint64_t most_words = 100'000;  // for one machine
  std::uint64_t walks = 200;           // random ones, after the tests of no extra states
  std::uint64_t seed = 0;

  // What walks follow: its edges, in 85 of 100 steps those with an output that is `is_good`.
  // Borrowed; nothing means the machine that is tested.
  const MealyMachine* prior = nullptr;
  std::function<bool(Output)> is_good{};
};

// Tests by words, as equivalence.cc says.
class TestedEquivalence : public Equivalence {
 public:
  // Borrows the words, by which it asks.
  TestedEquivalence(AskedWords& words, TestSettings settings);

  std::expected<std::optional<Word>, TeacherFailure> find_counterexample(
      const MealyMachine& machine) override;
  Guarantee guarantee() const override { return guarantee_; }

 private:
  AskedWords& words_;
  TestSettings settings_;
  Guarantee guarantee_{};
};

}  // namespace chatspec
