#include "harness/explore/growth/growth.h"

#include <cmath>
#include <cstddef>
#include <map>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using namespace std::chrono_literals;

constexpr GrowingInput kInput{"letters", "letters", 1, 1 << 20, [](std::size_t size) {
                                return std::vector<std::string>{std::string(size, 'x')};
                              }};
constexpr auto kStart = 30ms;  // what every conversation costs

std::chrono::nanoseconds power_of(std::size_t size, double exponent, double factor_ns) {
  return kStart + std::chrono::nanoseconds(
                      static_cast<long>(factor_ns * std::pow(static_cast<double>(size), exponent)));
}

// Watches work that is FACTOR * size^EXPONENT.
Grown watch(double exponent, double factor_ns) {
  return watch_growth(kInput, [=](const GrowingInput&, std::size_t size) {
    return power_of(size, exponent, factor_ns);
  });
}

TEST(Growth, OfTheSquareIsFasterThanTheInput) {
  const Grown grown = watch(2, 100);
  EXPECT_TRUE(grown.is_faster);
  EXPECT_NEAR(*growth_at(grown.points, grown.points.size() - 1), 4, 0.1);
}

TEST(Growth, ThatIsSteepIsSeenBeforeItIsEnough) {
  for (double factor = 1; factor < 8; factor *= 1.3) EXPECT_TRUE(watch(3, factor).is_faster);
}

TEST(Growth, InProportionIsNot) {
  for (const double factor : {200.0, 2'000.0, 20'000.0}) EXPECT_FALSE(watch(1, factor).is_faster);
  EXPECT_FALSE(watch(1.2, 500).is_faster);
}

TEST(Growth, EndsWhereTheWorkIsEnoughToTell) {
  const Grown grown = watch(1, 20'000);
  EXPECT_GE(grown.points.back().work, kEnoughWork);
  EXPECT_LT(grown.points.back().work, 3 * kEnoughWork);
  EXPECT_FALSE(grown.stop);
}

TEST(Growth, OfTooLittleWorkIsNotTold) {
  const Grown grown = watch(2, 0.000001);
  EXPECT_FALSE(grown.is_faster);
  EXPECT_EQ(grown.points.back().size, kInput.most);
  EXPECT_EQ(growth_at(grown.points, grown.points.size() - 1), std::nullopt);
}

// A cache that becomes too small makes everything beyond it dearer, once.
TEST(Growth, ThatIsOneStepIsNoGrowth) {
  const Grown grown = watch_growth(kInput, [](const GrowingInput&, std::size_t size) {
    return power_of(size, 1, size > 20'000 ? 9'000 : 1'500);
  });
  EXPECT_FALSE(grown.is_faster);
}

// What was measured while something disturbed it is measured anew, and the least counts.
TEST(Growth, ThatIsNotSeenAgainIsNone) {
  std::map<std::size_t, int> measured;
  const Grown grown = watch_growth(kInput, [&](const GrowingInput&, std::size_t size) {
    const bool is_disturbed = ++measured[size] == 1;
    return power_of(size, is_disturbed ? 2 : 1, 100);
  });
  EXPECT_FALSE(grown.is_faster);
  EXPECT_GE(measured.rbegin()->second, 1);
}

TEST(Growth, ThatADisturbanceHidIsSeenWhenItIsMeasuredAnew) {
  std::map<std::size_t, int> measured;
  const Grown grown = watch_growth(kInput, [&](const GrowingInput&, std::size_t size) {
    const bool is_disturbed = ++measured[size] == 1 && size == 2048;
    return power_of(size, 2, 100) * (is_disturbed ? 2 : 1);
  });
  EXPECT_TRUE(grown.is_faster);
}

TEST(Growth, EndsWhereASizeCannotBeMeasured) {
  const auto measure = [](const GrowingInput&,
                          std::size_t size) -> std::expected<std::chrono::nanoseconds, GrowthStop> {
    if (size > 4) return std::unexpected(GrowthStop{.message = "it closed the connection"});
    return kStart;
  };
  const Grown grown = watch_growth(kInput, measure);
  EXPECT_EQ(grown.points.size(), 3U);
  ASSERT_TRUE(grown.stop);
  EXPECT_EQ(grown.stop->message, "it closed the connection");
}

// Ten sizes tell of it, and four of them are to be measured twice more.
TEST(Growth, ThatCouldNotBeMeasuredAgainIsNone) {
  int left = 17;
  const auto measure =
      [&](const GrowingInput&,
          std::size_t size) -> std::expected<std::chrono::nanoseconds, GrowthStop> {
    if (left-- == 0)
      return std::unexpected(GrowthStop{.why = GrowthStop::Why::kTime, .message = "over"});
    return power_of(size, 2, 1000);
  };
  const Grown grown = watch_growth(kInput, measure);
  EXPECT_FALSE(grown.is_faster);
  EXPECT_TRUE(grown.stop && grown.stop->why == GrowthStop::Why::kTime);
}

}  // namespace
}  // namespace chatspec
