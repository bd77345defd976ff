// What a word teaches that a system answers otherwise than a machine.

#pragma once

#include <expected>
#include <optional>
#include <span>

#include "harness/explore/learn/asked_words.h"
#include "harness/explore/learn/basis.h"
#include "harness/explore/learn/mealy_machine.h"

namespace chatspec::learning {

// A shortest word of the tree that the machine answers otherwise.
std::optional<Word> find_conflict(const ObservationTree& tree, const MealyMachine& machine);

// Asks until an edge of the basis is known to lead elsewhere than in the machine, which was made of
// this basis: either to a state that is not in the basis, or to another one of it. `conflict` is in
// the tree, and the last of its outputs is not the machine's. (L#, ProcCounterEx: as many words as
// the logarithm of its length.) Stops early when what was known changes by a vote.
std::expected<void, TeacherFailure> use_counterexample(AskedWords& words, Basis& basis,
                                                       const MealyMachine& machine,
                                                       std::span<const Symbol> conflict);

}  // namespace chatspec::learning
