// A word to which a program answers otherwise than the protocol says, as a scenario that everybody
// can play.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/learn/mealy_machine.h"
#include "harness/explore/protocol/alphabet.h"

namespace chatspec {

// The source of a scenario whose last expectation is what the protocol answers to the last symbol.
// `word` is not empty, and the reference does not end the conversation before its last symbol.
// `came` is what the program answered, for the comment. A client has the messages of
// make_learned_messages().
std::string write_witness(const SaidAlphabet& alphabet, std::span<const learning::Symbol> word,
                          std::string_view came);

// The requirements that the reference's answer to the last symbol rests on, the most specific
// first; at least one.
std::vector<std::string> find_requirements(const SaidAlphabet& alphabet,
                                           std::span<const learning::Symbol> word);

}  // namespace chatspec
