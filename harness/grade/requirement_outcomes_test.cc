#include "harness/grade/requirement_outcomes.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using enum RequirementOutcome;

CaseRecord case_of(Verdict verdict, std::vector<std::string> requirements) {
  CaseRecord made;
  made.verdict = verdict;
  made.requirements = std::move(requirements);
  if (verdict == Verdict::kFail) made.failure = FindingRecord();
  if (verdict == Verdict::kDeviates) made.deviations = {FindingRecord()};
  return made;
}

RequirementOutcomes outcomes_of(const std::vector<CaseRecord>& cases) {
  SettledRun run;
  for (const CaseRecord& one : cases) run.cases.push_back(&one);
  return find_requirement_outcomes({&run, 1});
}

TEST(RequirementOutcomes, AreTheGravestOfWhatWasSeen) {
  EXPECT_EQ(outcomes_of({case_of(Verdict::kPass, {"SIG-1", "HELLO-1"}),
                         case_of(Verdict::kFail, {"SIG-1"}), case_of(Verdict::kPass, {"SIG-1"}),
                         case_of(Verdict::kDeviates, {"END-1"}),
                         case_of(Verdict::kSkipped, {"HELLO-1", "QUIT-1"}),
                         case_of(Verdict::kError, {"FRAME-1"})}),
            (RequirementOutcomes{{"SIG-1", kBroken},
                                 {"HELLO-1", kMet},
                                 {"END-1", kDeviates},
                                 {"QUIT-1", kUnknown},
                                 {"FRAME-1", kUnknown}}));
}

// Of a case that fails at one of its requirements, nobody knows whether it meets the others.
TEST(RequirementOutcomes, SayNothingOfWhatIsNotMeant) {
  CaseRecord failed = case_of(Verdict::kFail, {"HELLO-1", "SIG-1"});
  failed.failure->requirement = "SIG-1";
  EXPECT_EQ(outcomes_of({failed}),
            (RequirementOutcomes{{"HELLO-1", kUnknown}, {"SIG-1", kBroken}}));
  EXPECT_EQ(outcomes_of({case_of(Verdict::kFail, {"HELLO-1", "FRAME-1"})}),
            (RequirementOutcomes{{"HELLO-1", kBroken}, {"FRAME-1", kUnknown}}));
}

}  // namespace
}  // namespace chatspec
