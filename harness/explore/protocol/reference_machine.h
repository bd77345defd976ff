// The protocol's state machine for a server or a client, made from the reference in memory.

#pragma once

#include <string>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/learn/names.h"
#include "harness/explore/protocol/alphabet.h"
#include "harness/explore/protocol/reference_client.h"
#include "reference/profile.h"

namespace chatspec {

struct ReferenceMachine {
  learning::MealyMachine machine;
  std::vector<std::string> state_names;  // for people, by state: "after FAIL"
};

// The smallest, whose states are in the order of a breadth-first search. Answers get numbers in
// `outputs`. It has as many keys as are asked for.
ReferenceMachine make_reference_machine(const chat::Profile& profile, const SaidAlphabet& alphabet,
                                        learning::Names& outputs);

// The messages of a client whose machine is learned, with the signatures of
// make_learned_signatures().
std::vector<std::string> make_learned_messages();

// The same of a client with these messages, once it has said HELLO. The alphabet is a server's.
ReferenceMachine make_client_machine(const chat::Profile& profile, const SaidAlphabet& alphabet,
                                     OnNoSignature on_no_signature, learning::Names& outputs);

// For people, what leads to a state: "at the beginning", "after HELLO DATA".
std::string name_place(const SaidAlphabet& alphabet, std::span<const learning::Symbol> access);

}  // namespace chatspec
