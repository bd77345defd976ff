#include "harness/report/log/run_of_log.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(RunsOfALog, AreToldApart) {
  const std::vector<Record> records{RunRecord{.cases = 1},
                                    CaseRecord{},  // killed
                                    RunRecord{.cases = 1},
                                    BuildRecord{},
                                    CaseRecord{},
                                    EndRecord{},
                                    CaseRecord{},  // of a run whose beginning is missing
                                    RunRecord{.cases = 2},
                                    CaseRecord{},
                                    EndRecord{},
                                    RunRecord{.cases = 1},
                                    BuildRecord{.verdict = Verdict::kFail},
                                    EndRecord{}};
  const auto runs = group_runs(records);
  ASSERT_EQ(runs.size(), 5U);
  EXPECT_FALSE(runs[0].end);
  EXPECT_FALSE(runs[0].is_whole());
  EXPECT_TRUE(runs[1].is_whole());
  EXPECT_EQ(runs[1].builds.size(), 1U);
  EXPECT_FALSE(runs[2].run);
  EXPECT_FALSE(runs[2].is_whole());
  EXPECT_FALSE(runs[3].is_whole()) << "of two cases it has one";
  EXPECT_FALSE(runs[4].was_built());
  EXPECT_TRUE(runs[4].is_whole()) << "what is not built is not played";
}

TEST(RunsOfALog, ThatWereInterruptedAreNotWhole) {
  const std::vector<Record> records{RunRecord{}, EndRecord{.interrupted = true}};
  EXPECT_FALSE(group_runs(records).front().is_whole());
  EXPECT_TRUE(group_runs({}).empty());
}

}  // namespace
}  // namespace chatspec
