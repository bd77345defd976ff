#include "harness/explore/growth/keeping.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

// What is held before the first of 24 clients and after each.
std::vector<std::uint64_t> after_clients(std::uint64_t (*held)(std::uint64_t client)) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t client = 0; client <= 24; ++client) all.push_back(held(client));
  return all;
}

TEST(Keeping, WhatEachClientAddsIsKept) {
  const auto each = after_clients([](std::uint64_t client) { return 5 + client; });
  EXPECT_TRUE(keeps_growing(each, 1));
  EXPECT_EQ(added_by_each(each), 1);
  EXPECT_FALSE(keeps_growing(each, 4));
  const auto each_second = after_clients([](std::uint64_t client) { return 5 + client / 2; });
  EXPECT_TRUE(keeps_growing(each_second, 1));
}

TEST(Keeping, WhatIsTakenOnceIsNot) {
  EXPECT_FALSE(keeps_growing(after_clients([](std::uint64_t) { return std::uint64_t{5}; }), 1));
  const auto soon =
      after_clients([](std::uint64_t client) { return std::min(client, std::uint64_t{9}); });
  EXPECT_FALSE(keeps_growing(soon, 1)) << "a pool that is full";
  const auto late =
      after_clients([](std::uint64_t client) { return client < 20 ? std::uint64_t{3} : 99; });
  EXPECT_FALSE(keeps_growing(late, 1)) << "one step";
}

TEST(Keeping, WhatIsLetGoNowAndThenIsNot) {
  const auto collected = after_clients([](std::uint64_t client) { return 5 + client % 7; });
  EXPECT_FALSE(keeps_growing(collected, 1));
  const auto less = after_clients([](std::uint64_t client) { return 100 - client; });
  EXPECT_FALSE(keeps_growing(less, 1));
  EXPECT_EQ(added_by_each(less), -1);
}

TEST(Keeping, AFewClientsTellNothing) {
  EXPECT_FALSE(keeps_growing(std::vector<std::uint64_t>{1, 2, 3, 4, 5}, 1));
  EXPECT_EQ(added_by_each(std::vector<std::uint64_t>{7}), 0);
  EXPECT_EQ(added_by_each({}), 0);
}

}  // namespace
}  // namespace chatspec
