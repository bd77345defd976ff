// What a case came to, in short: what two records of it are compared by.

#pragma once

#include <string>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

struct CaseOutcome {
  Verdict verdict = Verdict::kPass;
  std::string skipped{};              // why, as SkipKind has it; empty where it was not
  std::vector<std::string> codes{};   // of its failure and of its deviations
  std::vector<std::string> causes{};  // the ids of those that are known, likewise

  bool operator==(const CaseOutcome&) const = default;
};

CaseOutcome outcome_of(const CaseRecord& record);
// "deviates other-way, upper-case", "fail wrong-reply (letter-case)", "skipped (optional)"
std::string to_string(const CaseOutcome& outcome);

}  // namespace chatspec
