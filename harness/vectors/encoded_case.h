// A case as JSON: what it is about, what the program is given, and its steps.

#pragma once

#include "harness/script/script.h"
#include "harness/suite/case.h"
#include "harness/vectors/encoded_bytes.h"

namespace chatspec {

// What all cases of one scenario share, without the cases: its id, why it exists, its level, what
// it covers and needs, for the script's role and in its profile.
VectorJson encode_scenario(const Case& one, const Script& script);

// What is its own. `script` was made of it.
VectorJson encode_case(const Case& one, const Script& script);

}  // namespace chatspec
