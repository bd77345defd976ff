// A recorded case judged again by today's judge: record x suite -> verdict.
//
// The script is made anew, of the scenario, the profile and the seed of the run; what happened
// comes from the record. Bytes that the log has left out are taken from the script, where they are
// known by their hash.

#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/case_outcome.h"
#include "harness/suite/case.h"

namespace chatspec {

// The cases of the suite by their ids, borrowed.
using CasesById = std::map<std::string_view, const Case*>;
CasesById index_cases(const std::vector<Case>& cases);

// The error says, as a clause, why it cannot be judged again: it was not played, its scenario has
// changed since, the log lacks what happened.
std::expected<CaseOutcome, std::string> judge_recorded(const RunRecord& run,
                                                       const CaseRecord& record,
                                                       const CasesById& cases);

}  // namespace chatspec
