// The log's schema, as a test holds lines of a log to it.

#pragma once

#include <string>
#include <string_view>

namespace chatspec {

// What is wrong with a line of a log by log.schema.json, or "". Stricter than a reader is: a field
// that the schema does not have is wrong, too.
std::string find_schema_violation(std::string_view line);

}  // namespace chatspec
