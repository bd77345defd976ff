// Learns the Mealy machine of a system that can only be asked; learner.cc says how.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/explore/learn/asked_words.h"
#include "harness/explore/learn/equivalence.h"
#include "harness/explore/learn/mealy_machine.h"

namespace chatspec::learning {

struct LearnSettings {
  std::uint64_t seed = 0;  // what is asked first where it does not matter

  // What the system is thought to be: it is tested first whether it is that. Borrowed; it has the
  // same inputs and outputs.
  const MealyMachine* prior = nullptr;

  // How often the words by which a new state differs from all others must be answered the same
  // before it is believed. With 1, learning costs less, and one wrong answer makes a state that
  // there is not.
  int least_answers = 3;

  // A system that seems to have more is given up: one that answers at random has no end.
  int most_states = 500;
};

enum class LearnEnd {
  kConforms,       // it does as the prior says, which is then the machine
  kLearned,        // no word is known that the system answers otherwise than the machine
  kTooManyStates,  // more than most_states
  kNotAnswered,    // the teacher failed or the budget is used up: `failure`
};

struct Learned {
  // What is known. Where learning stopped early, edges of which nothing is known have
  // kUnknownOutput, and others may be wrong.
  MealyMachine machine;
  LearnEnd end = LearnEnd::kLearned;
  std::optional<TeacherFailure> failure{};
  Guarantee guarantee{};         // where it came to its end
  std::uint64_t hypotheses = 0;  // machines that were tested
  std::uint64_t restarts = 0;    // because an earlier answer was outvoted
};

// What was asked and at which places answers differed is known by `words`. `equivalence` asks by
// the same words, or not at all.
Learned learn(AskedWords& words, Equivalence& equivalence, const LearnSettings& settings);

}  // namespace chatspec::learning
