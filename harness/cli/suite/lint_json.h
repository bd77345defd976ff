// What lint finds, as JSON.

#pragma once

#include <string>

#include "harness/suite/suite.h"

namespace chatspec {

// An object in a line for each mistake and each warning, in the order in which they are shown:
// `file`, `line`, `column`, `severity` ("error" or "warning"), `code`, `message` and `hint`, which
// may be empty. Printable ASCII.
std::string lint_as_json(const Suite& suite);

}  // namespace chatspec
