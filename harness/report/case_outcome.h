// What a case came to, in short: what two records of it are compared by.

#pragma once

#include <string>
#include <vector>

#include "harness/report/record.h"

namespace chatspec {

struct CaseOutcome {
  Verdict verdict = Verdict::kPass;
  std::vector<std::string> codes{};  // of its failure and of its deviations

  bool operator==(const CaseOutcome&) const = default;
};

CaseOutcome outcome_of(const CaseRecord& record);
std::string to_string(const CaseOutcome& outcome);  // "fail wrong-reply"

}  // namespace chatspec
