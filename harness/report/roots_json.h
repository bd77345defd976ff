// What is wrong with a program, for other programs.

#pragma once

#include <span>
#include <string>

#include "harness/report/roots.h"

namespace chatspec {

// A line of JSON for each root, in their order: an object with `root` (its id), `kind` ("failure",
// "deviation" or "trouble"), `requirement`, `code`, `sentence`, `cases` (their ids, the clearest
// first) and `kept_back` (how many cases were not played because of it). Printable ASCII.
std::string to_json_lines(std::span<const Root> roots);

}  // namespace chatspec
