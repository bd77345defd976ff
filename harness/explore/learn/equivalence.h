// Who says whether a system does as a machine says.

#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/teacher.h"

namespace chatspec::learning {

// What is known of a machine against which no word was found.
struct Guarantee {
  // The system does as the machine says if it has at most so many states more than it; nothing
  // where words were only sampled.
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

}  // namespace chatspec::learning
