// What the matcher found of bytes, as findings: what was due, what came, where they differ, and
// why that may be.

#pragma once

#include <cstddef>
#include <string_view>

#include "harness/judge/findings/finding.h"
#include "harness/judge/findings/matcher.h"
#include "harness/script/script.h"

namespace chatspec {

// A finding about a step, or about the end: with the code's own sentence, and with the step as what
// was expected.
Finding make_finding(const Script& script, std::size_t step, FailureCode code);

// Of a step that mismatched or that deviates; `received` is what the matcher was given, and
// `sent_before` tells how much we had sent when what did not match came.
Finding make_mismatch(const Script& script, std::size_t step, const Match& match,
                      std::string_view received, std::size_t sent_before);
Finding make_deviation(const Script& script, std::size_t step, const Match& match,
                       std::string_view received);

}  // namespace chatspec
