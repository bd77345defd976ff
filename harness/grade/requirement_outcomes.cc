#include "harness/grade/requirement_outcomes.h"

#include <algorithm>
#include <vector>

#include "harness/report/what_matters.h"

namespace chatspec {
namespace {

void raise_to(RequirementOutcome outcome, const std::vector<std::string>& requirements,
              RequirementOutcomes& outcomes) {
  for (const std::string& requirement : requirements) {
    RequirementOutcome& known = outcomes[requirement];
    known = std::max(known, outcome);
  }
}

// The requirement by which a mistake is called; none of a case that has none.
std::vector<std::string> first_meant(const CaseRecord& played, const FindingRecord& finding) {
  std::vector<std::string> meant = requirements_meant(played, &finding);
  if (meant.size() > 1) meant.resize(1);
  return meant;
}

}  // namespace

RequirementOutcomes find_requirement_outcomes(std::span<const SettledRun> runs) {
  RequirementOutcomes outcomes;
  for (const SettledRun& run : runs) {
    for (const CaseRecord* played : run.cases) {
      const bool passes = played->verdict == Verdict::kPass;
      raise_to(passes ? RequirementOutcome::kMet : RequirementOutcome::kUnknown,
               played->requirements, outcomes);
      const bool only_deviates = played->verdict == Verdict::kDeviates;
      if (played->failure) {
        raise_to(only_deviates ? RequirementOutcome::kDeviates : RequirementOutcome::kBroken,
                 first_meant(*played, *played->failure), outcomes);
      }
      for (const FindingRecord& finding : played->deviations)
        raise_to(RequirementOutcome::kDeviates, first_meant(*played, finding), outcomes);
    }
  }
  return outcomes;
}

}  // namespace chatspec
