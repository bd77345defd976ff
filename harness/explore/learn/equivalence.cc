#include "harness/explore/learn/equivalence.h"

#include <fmt/format.h>

namespace chatspec::learning {

std::string Guarantee::describe(int states) const {
  const std::string_view budget = is_budget_used ? ", and more were to be tried" : "";
  if (!extra_states) return fmt::format("only sampled: {} words{}", words, budget);
  return fmt::format("correct if it has at most {} states ({} words{})", states + *extra_states,
                     words, budget);
}

std::expected<std::optional<Word>, TeacherFailure> PerfectEquivalence::find_counterexample(
    const MealyMachine& machine) {
  return find_separating_word(machine, system_);
}

Guarantee PerfectEquivalence::guarantee() const {
  return {};
}

}  // namespace chatspec::learning
