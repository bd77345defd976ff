// What lint finds, as SARIF.

#pragma once

#include <string>

#include "harness/suite/suite.h"

namespace chatspec {

// A result for each mistake and each warning of the suite's files, errors first, at its line and
// column; its rule is the mistake's code.
std::string lint_as_sarif(const Suite& suite);

}  // namespace chatspec
