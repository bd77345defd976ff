// Scenario -> canonical text: the inverse of parsing, and what `chatspec fmt` writes.
//
// The order of statements, their comments and single empty lines between them are kept. What is
// aligned: the values of directives, the modifiers of the transcript, the cells of the table. What
// is quoted: only what must be.

#pragma once

#include <string>

#include "harness/scenario/scenario.h"

namespace chatspec {

// parse_scenario(print(x)).scenario == x, for every x that the parser made without an error.
std::string print(const Scenario& scenario);

// Parts of it, as reports show them.
std::string print(const Item& item);

}  // namespace chatspec
