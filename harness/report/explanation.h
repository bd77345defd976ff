// What may be behind one thing that is wrong: records -> what can be compared with other failures.

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

// An explanation is a set of traits, which all come together. A trait is the same wherever the same
// mistake shows: "mistake/lf".
using Explanation = std::set<std::string>;

// Whether its cause says what the program does wrong. One that only asks about what was seen does
// not: another mistake may have shown in the same way.
bool is_explained(const FindingRecord& finding);

// Of which any one would do, the likeliest first: the combinations of mistakes that give what came,
// or the cause that was named; and of what came in pieces, that it is about segments. None where
// nothing explains it.
std::vector<Explanation> explain(const CaseRecord& played, const FindingRecord& finding);

// Whether these are mistakes that were searched for, and all that explain what came, so that what
// is not among them is not behind it.
bool is_searched_through(const FindingRecord& finding);

}  // namespace chatspec
