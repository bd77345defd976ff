#include "harness/report/case_outcome.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chatspec {

CaseOutcome outcome_of(const CaseRecord& record) {
  CaseOutcome outcome{.verdict = record.verdict};
  if (record.failure) outcome.codes.push_back(record.failure->code);
  for (const FindingRecord& finding : record.deviations) outcome.codes.push_back(finding.code);
  return outcome;
}

std::string to_string(const CaseOutcome& outcome) {
  return fmt::format("{}{}{}", to_string(outcome.verdict), outcome.codes.empty() ? "" : " ",
                     fmt::join(outcome.codes, ", "));
}

}  // namespace chatspec
