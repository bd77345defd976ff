// The protocol's state machine for a server, made from the reference in memory.

#pragma once

#include <string>
#include <vector>

#include "harness/explore/alphabet.h"
#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/names.h"
#include "reference/profile.h"

namespace chatspec {

struct ReferenceMachine {
  learning::MealyMachine machine;
  std::vector<std::string> state_names;  // for people, by state: "after FAIL"
};

// The smallest, whose states are in the order of a breadth-first search. Answers get numbers in
// `outputs`. It has as many keys as are asked for.
ReferenceMachine make_reference_machine(const chat::Profile& profile,
                                        const ClientAlphabet& alphabet, learning::Names& outputs);

// For people, what leads to a state: "at the beginning", "after HELLO DATA".
std::string name_place(const ClientAlphabet& alphabet, std::span<const learning::Symbol> access);

}  // namespace chatspec
