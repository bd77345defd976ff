#include "harness/report/log/shards_of_run.h"

#include <deque>
#include <optional>

#include <gtest/gtest.h>

#include "harness/report/log/merged_log.h"
#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

RunRecord shard_run(std::optional<ShardRecord> shard, std::uint64_t cases) {
  RunRecord run = full_run();
  run.cases = cases;
  run.shard = shard;
  return run;
}

// What is wrong with shards of these beginnings, in files called 1, 2 …
std::string problem_of(const std::vector<RunRecord>& beginnings) {
  std::deque<RunOfLog> runs;
  std::vector<NamedRun> named;
  for (const RunRecord& run : beginnings) {
    runs.push_back({.run = &run});
    named.push_back({std::to_string(runs.size()), &runs.back()});
  }
  const auto checked = check_shards(named);
  return checked ? "" : checked.error();
}

TEST(ShardsOfRun, MustAllBeThereOnce) {
  const RunRecord first = shard_run({{1, 3, 5}}, 2);
  const RunRecord second = shard_run({{2, 3, 5}}, 2);
  const RunRecord third = shard_run({{3, 3, 5}}, 1);
  EXPECT_EQ(problem_of({third, first, second}), "");
  EXPECT_EQ(problem_of({first, third}), "the log of shard 2 of 3 is missing");
  EXPECT_EQ(problem_of({second}), "the log of shards 1, 3 of 3 is missing");
  EXPECT_EQ(problem_of({first, second, third, second}), "shard 2 of 3 is in 2 and again in 4");
  EXPECT_EQ(problem_of({shard_run({{1, 1'000'000, 5}}, 5)}),
            "the log of shards 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and others of 1000000 is missing");
}

TEST(ShardsOfRun, AreOfOneRun) {
  const RunRecord first = shard_run({{1, 2, 5}}, 3);
  EXPECT_EQ(problem_of({first, shard_run({{2, 3, 5}}, 2)}),
            "1 is shard 1 of 2, and 2 is shard 2 of 3: they are not of one run");
  EXPECT_EQ(problem_of({shard_run({}, 2), first}), "2 is shard 1 of 2, and 1 is none");
  EXPECT_EQ(problem_of({first, shard_run({{2, 2, 6}}, 2)}),
            "1 and 2 are shards of different runs: other scenarios were selected");
  EXPECT_EQ(problem_of({first, shard_run({{2, 2, 5}}, 3)}),
            "the shards have 6 cases together, and 5 were selected: each must be given the same "
            "--timings, or none");
  EXPECT_EQ(problem_of({shard_run({}, 2), shard_run({}, 3)}), "") << "parts of another kind";
}

CaseRecord placed(const std::string& id, std::uint64_t place) {
  CaseRecord record{.id = id, .verdict = Verdict::kPass};
  record.place = place;
  return record;
}

TEST(ShardsOfRun, AreMergedInTheOrderOfTheWhole) {
  const std::vector<Record> first{shard_run({{1, 2, 4}}, 2), placed("a/one", 1),
                                  placed("c/three", 3), EndRecord{}};
  const std::vector<Record> second{shard_run({{2, 2, 4}}, 2), full_opening(), placed("b/two", 2),
                                   placed("d/four", 4), EndRecord{}};
  const std::vector<LogPart> parts{{"second", group_runs(second)}, {"first", group_runs(first)}};
  const auto merged = merge_logs(parts);
  ASSERT_TRUE(merged) << merged.error();
  const std::vector<RunOfLog> runs = group_runs(*merged);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_FALSE(runs[0].run->shard);
  EXPECT_EQ(runs[0].run->cases, 4U);
  EXPECT_TRUE(runs[0].is_whole());
  std::vector<std::string> ids;
  for (const CaseRecord* played : runs[0].cases) {
    ids.push_back(played->id);
    EXPECT_EQ(played->place, 0U) << "a merged log is no shard's";
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"a/one", "b/two", "c/three", "d/four"}));
  EXPECT_EQ(runs[0].cases_before_opening, 1U);
}

}  // namespace
}  // namespace chatspec
