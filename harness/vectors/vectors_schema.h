// The JSON Schema of vectors, scenarios/vectors/vectors.schema.json.

#pragma once

#include <string_view>

namespace chatspec {

// The file as it is. Lives as long as the program.
std::string_view vectors_schema();

}  // namespace chatspec
