// Why a client gave the other verdict: what kind of comparison gives it for just these two
// signatures, the one that was sent and the one in the file.

#pragma once

#include <cstddef>
#include <string_view>

#include "harness/judge/findings/cause.h"
#include "harness/script/script.h"

namespace chatspec {

// `step` expects one of the profile's two verdicts, and `verdict`, the other one, came. The cause
// is not known where it cannot be told which two signatures were to be compared.
Cause diagnose_verdict(const Script& script, std::size_t step, std::string_view verdict);

}  // namespace chatspec
