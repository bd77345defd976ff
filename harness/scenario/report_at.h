// How the check says that something is wrong with a part of a scenario.

#pragma once

#include <string>
#include <utility>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

inline void report_at(Diagnostics& diagnostics, LintCode code, const Span& span,
                      std::string message, std::string hint = "") {
  diagnostics.add(code, span.place, span.length, std::move(message), std::move(hint));
}

}  // namespace chatspec
