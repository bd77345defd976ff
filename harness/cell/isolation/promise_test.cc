#include "harness/cell/isolation/promise.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cell/isolation/promise_trial.h"
#include "harness/cell/process/cell_test_support.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A row of SECURITY.md's table.
std::string row_of(const Promise& promise) {
  std::string row = fmt::format("| `{}` | {} |", promise.id, promise.text);
  for (const Isolation tier : {Isolation::kPlain, Isolation::kIsolated, Isolation::kSandbox}) {
    const Keeping* keeping = promise.in(tier);
    row += keeping ? fmt::format(" {} |", keeping->how) : " |";
  }
  return fmt::format("{} `{}` |", row, promise.test);
}

TEST(Promises, AreTheSameInTheTableAndInSecurityMd) {
  const std::string page = chat::content_of(CHATSPEC_SOURCE_DIR "/SECURITY.md");
  std::vector<std::string> written;
  for (std::size_t at = page.find("\n| `"); at != std::string::npos;
       at = page.find("\n| `", at + 1))
    written.push_back(page.substr(at + 1, page.find('\n', at + 1) - at - 1));
  std::vector<std::string> made;
  for (const Promise& promise : promises()) made.push_back(row_of(promise));
  EXPECT_THAT(written, ElementsAreArray(made));
}

TEST(Promises, AreEachTriedByATestThatThereIs) {
  std::vector<std::string> names;
  const auto& all = *::testing::UnitTest::GetInstance();
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const auto& suite = *all.GetTestSuite(i);
    const std::string suite_name = suite.name();
    const std::string plain_suite = suite_name.substr(suite_name.find('/') + 1);
    for (int j = 0; j < suite.total_test_count(); ++j) {
      const std::string name = suite.GetTestInfo(j)->name();
      names.push_back(plain_suite + "." + name.substr(0, name.find('/')));
    }
  }
  for (const Promise& promise : promises())
    EXPECT_EQ(std::ranges::count(names, std::string(promise.test)) > 0, true) << promise.test;
}

TEST(Promises, NameTheLimitsThatTheSandboxHas) {
  const SandboxLimits limits;
  std::string all;
  for (const Promise& promise : promises()) all += std::string(promise.text) + "\n";
  for (const std::string& number : {fmt::format("{} GiB of memory", limits.memory_bytes >> 30),
                                    fmt::format("{} MiB and {},{} files", limits.disk_bytes >> 20,
                                                limits.files / 1000, limits.files % 1000),
                                    fmt::format("{} processes and threads", limits.processes),
                                    fmt::format("{} files open", limits.open_files),
                                    fmt::format("{} s of processor time", limits.processor_s)}) {
    EXPECT_THAT(all, HasSubstr(number));
  }
}

class PromisesTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, PromisesTest, testing::every_tier(), testing::tier_name);

std::vector<std::string_view> broken_in(const CellPlan& plan) {
  const auto broken = find_broken_promises(plan);
  EXPECT_TRUE(broken) << (broken ? "" : broken.error().what);
  std::vector<std::string_view> ids;
  for (const Promise* promise : broken.value_or(std::vector<const Promise*>{}))
    ids.push_back(promise->id);
  return ids;
}

TEST_P(PromisesTest, AreKept) {
  const auto launcher = Launcher::fork().value();
  EXPECT_THAT(broken_in({.isolation = GetParam(),
                         .policy = make_sandbox_policy({}),
                         .temporary = std::filesystem::temp_directory_path(),
                         .launcher = launcher.get()}),
              IsEmpty());
}

TEST_P(PromisesTest, AreMadeWhereNoTrialFindsAnObstacle) {
  const auto launcher = Launcher::fork().value();
  CellPlan plan{.isolation = GetParam(),
                .policy = make_sandbox_policy({}),
                .temporary = std::filesystem::temp_directory_path(),
                .launcher = launcher.get()};
  EXPECT_TRUE(is_without_obstacle(plan));
  EXPECT_FALSE(find_obstacle(plan));
  EXPECT_FALSE(find_obstacle_to_reading(plan));
  EXPECT_FALSE(find_obstacle_to_observing(plan));
  if (GetParam() != Isolation::kSandbox) return;
  plan.policy.bubblewrap.clear();
  EXPECT_FALSE(is_without_obstacle(plan));
}

// With a policy that shows all, and limits wider than promised.
TEST(Promises, ThatAreBrokenAreFound) {
  const auto launcher = Launcher::fork().value();
  CellPlan plan{.isolation = Isolation::kSandbox,
                .policy = make_sandbox_policy({}),
                .temporary = std::filesystem::temp_directory_path(),
                .launcher = launcher.get()};
  if (const auto obstacle = find_obstacle(plan)) GTEST_SKIP() << obstacle->what;
  plan.policy.readable.push_back("/sys");
  plan.policy.limits = {.disk_bytes = 128 << 20, .open_files = 2048};
  EXPECT_THAT(broken_in(plan), ::testing::IsSupersetOf({"folder", "files", "writes"}));
}

}  // namespace
}  // namespace chatspec
