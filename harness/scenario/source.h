// A scenario's source as a whole: parsed and checked, and what is wrong with it said for people.

#pragma once

#include <string>
#include <string_view>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec {

inline constexpr std::string_view kScenarioExtension = ".chat";

// Reads and checks one source: what is wrong with it, and what it may not mean as it is written.
Diagnostics check_text(std::string_view source, Scenario& scenario);

// The same under a name. Gives the rendered problems, and adds to `warnings`,
// if it is given, the rendered warnings.
std::string check_source(std::string_view source, std::string_view shown_name, Scenario& scenario,
                         std::string* warnings = nullptr);

}  // namespace chatspec
