// Words that tell a machine from others like it: a complete test suite, word by word.

#pragma once

#include <functional>
#include <span>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"

namespace chatspec::learning {

// For each state of a minimal machine, the words that tell it from all others; for two states it is
// the same word that tells them apart (a harmonised family of state identifiers).
std::vector<std::vector<Word>> find_identifiers(const MealyMachine& machine);

// Gives the words of a round to `take`, until that returns false; gives whether it never did. A
// round reaches each state, goes on by exactly `round` + 1 inputs (the first round also by none)
// and identifies the state that is reached. All rounds from 0 to k are a suite that finds any
// machine which differs and has at most k states more (HSI method: Petrenko, Yevtushenko, Lebedev,
// Das 1993, a refinement of the W method). Words end where an output does that `ends`.
bool list_round(const MealyMachine& machine, int round,
                const std::vector<std::vector<Word>>& identifiers,
                const std::function<bool(Output)>& ends,
                const std::function<bool(const Word&)>& take);

}  // namespace chatspec::learning
