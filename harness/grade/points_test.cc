#include "harness/grade/points.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

std::string read_and_written(std::string_view text) {
  const auto points = Points::parse(text);
  return points ? points->to_string() : "refused";
}

TEST(Points, AreReadAndWrittenWithoutZerosThatSayNothing) {
  EXPECT_EQ(read_and_written("0"), "0");
  EXPECT_EQ(read_and_written("12"), "12");
  EXPECT_EQ(read_and_written("12.50"), "12.5");
  EXPECT_EQ(read_and_written("0.05"), "0.05");
  EXPECT_EQ(read_and_written("100.0"), "100");
  EXPECT_EQ(read_and_written("1000000"), "1000000");
}

TEST(Points, AreNotReadFromAnythingElse) {
  for (const char* text : {"", ".", ".5", "5.", "-1", "+1", "1,5", "1.555", "1e3", " 1", "1 ",
                           "1000000.01", "99999999", "0x10", "1.-5"})
    EXPECT_EQ(read_and_written(text), "refused") << text;
}

TEST(Points, AreSharedToTheNearestHundredth) {
  const Points ten = Points::of_hundredths(1000);
  EXPECT_EQ(ten.share(1, 3).to_string(), "3.33");
  EXPECT_EQ(ten.share(2, 3).to_string(), "6.67");
  EXPECT_EQ(ten.share(0, 7).to_string(), "0");
  EXPECT_EQ(ten.share(7, 7).to_string(), "10");
  EXPECT_EQ(Points::of_hundredths(1).share(1, 2).to_string(), "0.01");
}

TEST(Points, OfADifferenceHaveASign) {
  EXPECT_EQ((Points::of_hundredths(50) - Points::of_hundredths(175)).to_string(), "-1.25");
}

}  // namespace
}  // namespace chatspec
