#include "harness/report/attempts_report.h"

#include <gtest/gtest.h>

#include "harness/report/tally.h"

namespace chatspec {
namespace {

CaseRecord played(const std::vector<AttemptRecord>& attempts, Verdict verdict) {
  CaseRecord record{.id = "a/one", .verdict = verdict};
  record.attempts = attempts;
  return record;
}

const AttemptRecord kPassed{.verdict = Verdict::kPass};
const AttemptRecord kHung{.verdict = Verdict::kHang, .code = "no-answer"};
const AttemptRecord kWrong{.verdict = Verdict::kFail, .code = "wrong-signature"};
const AttemptRecord kTrouble{.verdict = Verdict::kError};

TEST(AttemptsReport, SaysHowOftenACaseFailedAndHow) {
  EXPECT_EQ(describe_attempts(played({}, Verdict::kFail)), "");
  EXPECT_EQ(describe_attempts(played({kPassed, kWrong, kHung, kWrong}, Verdict::kFail)),
            "flaky: failed in 3 of 4 plays (no-answer 1, wrong-signature 2)");
  EXPECT_EQ(describe_attempts(played({kWrong, kWrong}, Verdict::kFail)),
            "failed in each of 2 plays (wrong-signature 2)");
  EXPECT_EQ(describe_attempts(played({kPassed, kPassed}, Verdict::kPass)),
            "failed in none of 2 plays");
  EXPECT_EQ(describe_attempts(played({kTrouble, kWrong, kWrong}, Verdict::kFail)),
            "failed in each of 2 plays (wrong-signature 2); 1 could not be judged");
}

TEST(AttemptsReport, CallsFlakyWhatFailedAndDidNot) {
  EXPECT_TRUE(count_plays(played({kPassed, kWrong}, Verdict::kFail)).is_flaky());
  EXPECT_FALSE(count_plays(played({kWrong, kTrouble}, Verdict::kFail)).is_flaky())
      << "trouble of our own is no pass";
  EXPECT_FALSE(count_plays(played({}, Verdict::kFail)).is_flaky());
  EXPECT_EQ(count_plays(played({}, Verdict::kSkipped)).plays, 0U);
}

TEST(AttemptsReport, OfARunSaysHowManyCasesAreFlaky) {
  Tally tally;
  tally.add(played({kPassed, kWrong}, Verdict::kFail));
  tally.add(played({}, Verdict::kFail));
  tally.add(played({kPassed, kPassed}, Verdict::kPass));
  EXPECT_EQ(tally.to_string(Style(false)), "1 pass, 2 fail (1 of them flaky)");
}

}  // namespace
}  // namespace chatspec
