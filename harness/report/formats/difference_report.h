// The difference of two logs, as reports.

#pragma once

#include <string>

#include "harness/report/formats/difference.h"

namespace chatspec {

// For people at a terminal: no control character but LF.
std::string difference_as_text(const Difference& difference);

// For summaries and comments; at most kMostMarkdownBytes (bounded_text.h).
std::string difference_as_markdown(const Difference& difference);

// For other programs: an object with `worse` (whether something got worse), `same` (how many cases
// came to the same), `remarks` and `changes`, each with `change` (a word of kChanges), `suite`,
// `case`, `before` and `after` (null where there is none; else `verdict`, `skipped`, `codes`,
// `causes` and `message`) and `other_scenario`.
std::string difference_as_json(const Difference& difference);

}  // namespace chatspec
