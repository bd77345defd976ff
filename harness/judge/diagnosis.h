// The likely cause of a difference, in a sentence for whoever has to mend it: "this is the hash of
// the text with its line ends".
//
// It works by trying mistakes: for each that implementations are known to make, compute what an
// implementation with it would have sent, and see whether that is what came. So a cause is named
// only where it explains every byte.

#pragma once

#include <string>
#include <string_view>

#include "harness/script/script.h"

namespace chatspec {

// Why a wrong signature may have come out as it did, or "". `message` and `key` count from 1.
std::string diagnose_signature(const Script& script, std::size_t message, std::size_t key,
                               std::string_view received);

// Why a client's text may differ, or "". `received` is all that came from the text's begin on.
std::string diagnose_text(const Script& script, std::size_t message, std::string_view received);

// Why a reply or command may differ, or "". `expected` and `received` are units with their line
// ends.
std::string diagnose_unit(const Script& script, const Expectation& expectation,
                          std::string_view received);

}  // namespace chatspec
