#include "harness/cli/options/shard_choice.h"

#include <map>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using Variables = std::map<std::string, std::string>;

std::expected<ShardChoice, std::string> choose(const std::string& word,
                                               const Variables& variables = {}) {
  return choose_shard(word, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

TEST(ShardChoice, IsWhatTheOptionSays) {
  const auto choice = choose("2/4");
  ASSERT_TRUE(choice) << choice.error();
  EXPECT_EQ(choice->shard, (Shard{2, 4}));
}

TEST(ShardChoice, RefusesWhatIsNoShard) {
  EXPECT_EQ(choose("0/4").error(), "there is no shard 0 of 4; the first is 1");
  EXPECT_EQ(choose("5/4").error(), "there is no shard 5 of 4; the first is 1");
  for (const char* word : {"", "2", "2/", "/4", "a/4", "2/4/6", "-1/4", "auto/0", "auto/x",
                           "18446744073709551617/18446744073709551618"}) {
    EXPECT_FALSE(choose(word, {{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "2"}})) << word;
  }
  EXPECT_EQ(choose("half").error(),
            "\"half\" is neither NUMBER/COUNT, such as 2/4, nor auto, nor auto/COUNT");
}

struct Launched {
  const char* name;
  Variables variables;
  Shard shard;
};

class ByVariables : public ::testing::TestWithParam<Launched> {};

TEST_P(ByVariables, IsTheShardThatTheLauncherMeans) {
  const auto choice = choose("auto", GetParam().variables);
  ASSERT_TRUE(choice) << choice.error();
  EXPECT_EQ(choice->shard, GetParam().shard);
}

INSTANTIATE_TEST_SUITE_P(
    Launchers, ByVariables,
    ::testing::Values(
        Launched{"Bazel", {{"TEST_SHARD_INDEX", "0"}, {"TEST_TOTAL_SHARDS", "3"}}, {1, 3}},
        Launched{"GoogleTest", {{"GTEST_SHARD_INDEX", "2"}, {"GTEST_TOTAL_SHARDS", "3"}}, {3, 3}},
        Launched{"GitLab", {{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "5"}}, {1, 5}},
        Launched{"CircleCI", {{"CIRCLE_NODE_INDEX", "1"}, {"CIRCLE_NODE_TOTAL", "5"}}, {2, 5}},
        Launched{"Buildkite",
                 {{"BUILDKITE_PARALLEL_JOB", "0"}, {"BUILDKITE_PARALLEL_JOB_COUNT", "2"}},
                 {1, 2}},
        Launched{"SlurmArray",
                 {{"SLURM_ARRAY_TASK_ID", "7"},
                  {"SLURM_ARRAY_TASK_COUNT", "4"},
                  {"SLURM_ARRAY_TASK_MIN", "5"},
                  {"SLURM_PROCID", "0"},
                  {"SLURM_NTASKS", "1"}},
                 {3, 4}},
        Launched{"SlurmTasks", {{"SLURM_PROCID", "3"}, {"SLURM_NTASKS", "4"}}, {4, 4}},
        Launched{"BazelWithinGitLab",
                 {{"TEST_SHARD_INDEX", "1"},
                  {"TEST_TOTAL_SHARDS", "2"},
                  {"CI_NODE_INDEX", "3"},
                  {"CI_NODE_TOTAL", "5"}},
                 {2, 2}}),
    [](const auto& test) { return test.param.name; });

TEST(ShardChoice, TakesTheCountOfParallelJobsFromTheUser) {
  EXPECT_EQ(choose("auto/4", {{"PARALLEL_SEQ", "2"}})->shard, (Shard{2, 4}));
  EXPECT_EQ(choose("auto", {{"PARALLEL_SEQ", "2"}}).error(),
            "GNU parallel says which job this is (PARALLEL_SEQ), but not of how many: "
            "--shard auto/N says that");
}

TEST(ShardChoice, NamesTheVariableThatIsWrong) {
  EXPECT_TRUE(
      choose("auto").error().starts_with("no variable says which shard this is; known are "
                                         "TEST_SHARD_INDEX, "))
      << choose("auto").error();
  EXPECT_EQ(choose("auto", {{"CI_NODE_INDEX", "1"}}).error(),
            "of GitLab, which has set CI_NODE_INDEX, CI_NODE_TOTAL is not set");
  EXPECT_EQ(choose("auto", {{"CI_NODE_INDEX", "one\n"}, {"CI_NODE_TOTAL", "2"}}).error(),
            "of GitLab, which has set CI_NODE_INDEX, CI_NODE_INDEX is \"one\\n\"");
  EXPECT_EQ(choose("auto", {{"CI_NODE_INDEX", "0"}, {"CI_NODE_TOTAL", "2"}}).error(),
            "CI_NODE_INDEX is 0, counted from 1, and there are 2 in all");
  EXPECT_EQ(choose("auto", {{"SLURM_ARRAY_TASK_ID", "9"},
                            {"SLURM_ARRAY_TASK_COUNT", "3"},
                            {"SLURM_ARRAY_TASK_MIN", "1"}})
                .error(),
            "SLURM_ARRAY_TASK_ID is 9, counted from 1, and there are 3 in all")
      << "an array with gaps";
}

TEST(ShardChoice, TellsTheFileThatBazelLooksFor) {
  EXPECT_EQ(choose("auto", {{"TEST_SHARD_INDEX", "0"},
                            {"TEST_TOTAL_SHARDS", "3"},
                            {"TEST_SHARD_STATUS_FILE", "/tmp/status"}})
                ->status_file,
            "/tmp/status");
}

}  // namespace
}  // namespace chatspec
