#include "harness/report/log/case_outcome.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/judge/findings/cause.h"

namespace chatspec {

CaseOutcome outcome_of(const CaseRecord& record) {
  CaseOutcome outcome{.verdict = record.verdict};
  if (record.skipped) outcome.skipped = record.skipped->kind;
  const auto add = [&](const FindingRecord& finding) {
    outcome.codes.push_back(finding.code);
    // What the program did not find on the machine is not to be seen in what happened.
    if (finding.cause && finding.cause->id != kMissingFileCause)
      outcome.causes.push_back(finding.cause->id);
  };
  if (record.failure) add(*record.failure);
  std::ranges::for_each(record.deviations, add);
  return outcome;
}

std::string to_string(const CaseOutcome& outcome) {
  const std::string why = outcome.skipped.empty()
                              ? fmt::format("{}", fmt::join(outcome.causes, ", "))
                              : outcome.skipped;
  return fmt::format("{}{}{}{}", to_string(outcome.verdict), outcome.codes.empty() ? "" : " ",
                     fmt::join(outcome.codes, ", "), why.empty() ? "" : fmt::format(" ({})", why));
}

}  // namespace chatspec
