#include "harness/grade/run_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

using ::testing::ElementsAre;

Assignment assigned() {
  Assignment assignment;
  assignment.scenarios = {"bytes", "/course/own.chat"};
  assignment.tags = {"core"};
  assignment.exclude = {"slow"};
  assignment.recipes = {{.name = "c",
                         .when = {"a.c"},
                         .build = "make",
                         .server = "./server {port} {keys}",
                         .client = "./client"}};
  return assignment;
}

PlayOrder order_of(const Assignment& assignment) {
  return {.id = "ann",
          .role = Role::kServer,
          .recipe = &assignment.recipes.front(),
          .folder = "/in/ann",
          .log = "/out/ann.jsonl",
          .seed = 7};
}

TEST(RunWords, PlayWhatTheAssignmentSelects) {
  const Assignment assignment = assigned();
  EXPECT_THAT(make_run_words(assignment, {"/course/own.chat"}, order_of(assignment)),
              ElementsAre("run", "--quiet", "--jobs=1", "--name=ann", "--seed=7", "--profile=line",
                          "--isolation=sandbox", "--deadline=5", "--time-limit=600",
                          "--folder=/in/ann", "--log=/out/ann.jsonl", "--retries=1", "--build=make",
                          "--build-deadline=300", "--tag=core", "--exclude=slow", "bytes",
                          "/course/own.chat", "--server", "./server {port} {keys}"));
}

TEST(RunWords, PlaySomeCasesAgain) {
  Assignment assignment = assigned();
  assignment.memory_mib = 512;
  assignment.retries = 0;
  assignment.recipes.front().build.clear();
  PlayOrder order = order_of(assignment);
  order.role = Role::kClient;
  order.only = {"bytes/each[nul]", "own"};
  EXPECT_THAT(make_run_words(assignment, {"/course/own.chat"}, order),
              ElementsAre("run", "--quiet", "--jobs=1", "--name=ann", "--seed=7", "--profile=line",
                          "--isolation=sandbox", "--deadline=5", "--time-limit=600",
                          "--folder=/in/ann", "--log=/out/ann.jsonl", "--memory=512M",
                          "/course/own.chat", "bytes/each[nul]", "own", "--client", "./client"));
}

TEST(SeedOfSubmission, IsItsOwn) {
  EXPECT_EQ(seed_of(1, "ann", Role::kServer), seed_of(1, "ann", Role::kServer));
  EXPECT_NE(seed_of(1, "ann", Role::kServer), seed_of(2, "ann", Role::kServer));
  EXPECT_NE(seed_of(1, "ann", Role::kServer), seed_of(1, "bob", Role::kServer));
  EXPECT_NE(seed_of(1, "ann", Role::kServer), seed_of(1, "ann", Role::kClient));
}

}  // namespace
}  // namespace chatspec
