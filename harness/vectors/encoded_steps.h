// A script's steps as JSON: what to send, cut where, and every way in which what comes then is
// right. vectors.schema.json says what each field means.

#pragma once

#include <vector>

#include "harness/script/script.h"
#include "harness/vectors/encoded_bytes.h"

namespace chatspec {

// An array with an object for each step.
VectorJson encode_steps(const Script& script);

// What of the program a reader must be able to see or do, besides what goes over its connections,
// in the schema's words, each once and in the same order everywhere.
VectorJson list_observations(const Script& script);

}  // namespace chatspec
