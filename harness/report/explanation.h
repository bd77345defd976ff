// What may be behind one thing that is wrong: records -> what can be compared with other failures.

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/record.h"

namespace chatspec {

// An explanation is a set of traits, which all come together. A trait is the same wherever the same
// mistake shows: "mistake/lf", "not-closed/STATE".
using Explanation = std::set<std::string>;

// Of which any one would do, the likeliest first, never none: the combinations of mistakes that
// give what came, or the cause that was named; where nothing explains it, what kind of thing
// happened against which requirement, and what the program did.
std::vector<Explanation> explain(const CaseRecord& played, const FindingRecord& finding);

// Whether these are mistakes that were searched for, and all that explain what came, so that what
// is not among them is not behind it.
bool is_searched_through(const FindingRecord& finding);

// A text without what one fault says differently each time: numbers, and what it quotes.
std::string without_particulars(std::string_view text);

}  // namespace chatspec
