#include "harness/runs/schedule.h"

#include <thread>

#include <gtest/gtest.h>

#include "harness/runs/run_test_support.h"

namespace chatspec {
namespace {

const std::string kAny = "covers STATE-1\nC: NONSENSE\nS: <close>\n";

class ScheduleTest : public ::testing::Test {
 protected:
  Suite suite_ = testing_runs::suite_of({{"a/one", kAny}, {"b/two", "needs a/one\n" + kAny}});
  std::vector<Case> cases_ = list_cases(suite_);
  Schedule schedule_{point_to(cases_)};
};

Judgement of(Verdict verdict) {
  Judgement judgement;
  judgement.verdict = verdict;
  return judgement;
}

TEST_F(ScheduleTest, HandsOutEachCaseOnceWithItsPlace) {
  const auto first = schedule_.take();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->played->id, "a/one");
  EXPECT_EQ(first->place, 0U);
  schedule_.settle(*first->played, of(Verdict::kPass));
  const auto second = schedule_.take();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->played->id, "b/two");
  EXPECT_EQ(second->place, 1U);
  EXPECT_EQ(schedule_.unmet_need(*second->played), "");
  EXPECT_FALSE(schedule_.take());
}

TEST_F(ScheduleTest, WaitsForANeedToEndAndTellsThatItFailed) {
  const auto first = schedule_.take();
  std::string unmet;
  {
    const std::jthread other([&] {
      const auto second = schedule_.take();
      unmet = second ? schedule_.unmet_need(*second->played) : "nothing was handed out";
    });
    schedule_.settle(*first->played, of(Verdict::kFail));
  }
  EXPECT_EQ(unmet, "a/one");
}

TEST_F(ScheduleTest, BlamesNoNeedThatWasOutOfReach) {
  const auto first = schedule_.take();
  schedule_.settle(*first->played, make_skipped({.kind = SkipKind::kRemote, .sentence = "far"}));
  EXPECT_EQ(schedule_.unmet_need(cases_.at(1)), "");
}

TEST_F(ScheduleTest, ThatIsStoppedFreesWhoeverWaits) {
  ASSERT_TRUE(schedule_.take());
  bool got_one = true;
  {
    const std::jthread other([&] { got_one = schedule_.take().has_value(); });
    schedule_.stop();
  }
  EXPECT_FALSE(got_one);
}

}  // namespace
}  // namespace chatspec
