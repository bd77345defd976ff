#include "harness/report/log/merged_log.h"

#include <gtest/gtest.h>

#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

RunRecord part_of_run(std::uint64_t cases) {
  RunRecord run = full_run();
  run.cases = cases;
  run.shard.reset();
  return run;
}

CaseRecord passed_case(const std::string& id) {
  return {.id = id, .verdict = Verdict::kPass};
}

std::expected<std::vector<Record>, std::string> merge(
    const std::vector<std::vector<Record>>& logs) {
  std::vector<LogPart> parts;
  for (const std::vector<Record>& log : logs)
    parts.push_back({"part" + std::to_string(parts.size() + 1), group_runs(log)});
  return merge_logs(parts);
}

TEST(MergedLog, IsOneRunWithTheCasesOfAll) {
  RunRecord second = part_of_run(2);
  second.run_id = "another";
  second.start = "2026-01-30T12:00:00Z";
  second.selection.names = {"b/*"};
  const BuildRecord built{.command = "make"};
  const auto merged =
      merge({{part_of_run(1), built, passed_case("a/one"), EndRecord{.duration_us = 5}},
             {second, built, full_opening(), passed_case("b/one"), passed_case("b/two"),
              EndRecord{.given_up = "listened", .duration_us = 7}}});
  ASSERT_TRUE(merged) << merged.error();
  const std::vector<RunOfLog> runs = group_runs(*merged);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_TRUE(runs[0].is_whole());
  EXPECT_EQ(runs[0].run->cases, 3U);
  EXPECT_EQ(runs[0].run->start, "2026-01-30T12:00:00Z");
  EXPECT_EQ(runs[0].run->selection.names, (std::vector<std::string>{"a/*", "b/*"}));
  EXPECT_NE(runs[0].run->run_id, part_of_run(1).run_id);
  EXPECT_EQ(runs[0].builds.size(), 1U) << "what went well is told once";
  EXPECT_EQ(runs[0].cases_before_opening, 1U);
  ASSERT_EQ(runs[0].cases.size(), 3U);
  EXPECT_EQ(runs[0].cases[2]->id, "b/two");
  EXPECT_EQ(*runs[0].end, (EndRecord{.given_up = "listened", .duration_us = 12}));
}

TEST(MergedLog, HasNoEndWhereAPartHasNone) {
  const auto merged = merge({{part_of_run(1), passed_case("a/one"), EndRecord{}},
                             {part_of_run(2), passed_case("a/two")}});
  ASSERT_TRUE(merged);
  EXPECT_EQ(group_runs(*merged).at(0).end, nullptr);
  const auto interrupted =
      merge({{part_of_run(1), passed_case("a/one"), EndRecord{}},
             {part_of_run(2), passed_case("a/two"), EndRecord{.interrupted = true}}});
  ASSERT_TRUE(interrupted);
  EXPECT_TRUE(group_runs(*interrupted).at(0).end->interrupted);
}

TEST(MergedLog, OfAProgramThatWasNotBuiltSomewhereSaysSo) {
  const auto merged = merge({{part_of_run(1), BuildRecord{}, passed_case("a/one"), EndRecord{}},
                             {part_of_run(1), full_build(), EndRecord{}}});
  ASSERT_TRUE(merged);
  EXPECT_FALSE(group_runs(*merged).at(0).was_built());
}

struct RefusedMerge {
  std::vector<Record> other;
  std::string_view message;
};

TEST(MergedLog, IsNotMadeOfWhatIsNoPartOfOneRun) {
  const std::vector<Record> first{part_of_run(1), passed_case("a/one"), EndRecord{}};
  RunRecord other_seed = part_of_run(1);
  other_seed.seed = 8;
  RunRecord other_suite = part_of_run(1);
  other_suite.suite = "ff";
  RunRecord other_name = part_of_run(1);
  other_name.name = "x\x1b";
  RunRecord other_words = part_of_run(1);
  other_words.argv = {log_bytes("b")};
  RunRecord other_settings = part_of_run(1);
  other_settings.profile.settings.clear();
  for (const RefusedMerge& refused : {
           RefusedMerge{{other_seed},
                        "part2 is not of the same run as part1: its seed is \"8\" and "
                        "not \"18446744073709551615\""},
           RefusedMerge{{other_suite}, "its suite is \"ff\" and not \"00\""},
           RefusedMerge{{other_name}, "its implementation is \"x\\x1b\" and not \"server.py\""},
           RefusedMerge{{other_words}, "its command line is \"b\" and not "},
           RefusedMerge{{other_settings}, "the settings of its profile are others"},
           RefusedMerge{{passed_case("a/two")}, "part2: a run in it has no beginning"},
           RefusedMerge{{part_of_run(1), passed_case("a/one")},
                        "a/one is in part1 and again in part2; a case can count once only"},
       }) {
    const auto merged = merge({first, refused.other});
    ASSERT_FALSE(merged) << refused.message;
    EXPECT_TRUE(merged.error().contains(refused.message)) << merged.error();
  }
  EXPECT_FALSE(merge({}));
}

}  // namespace
}  // namespace chatspec
