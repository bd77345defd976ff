#include "harness/explore/fuzzing.h"

#include <gtest/gtest.h>

#include "harness/explore/protocol/answer.h"

namespace chatspec {
namespace {

bool is_seen(std::string_view came, std::size_t shown, std::size_t played) {
  return FuzzFinding{.cause = {.came = std::string(came)}, .shown = shown, .played = played}
      .is_seen();
}

TEST(FuzzFindings, ThatAreHangsHaveToComeEachTime) {
  for (const std::string_view hang : {kNothingAnswer, kUnclosedAnswer}) {
    EXPECT_TRUE(is_seen(hang, 20, 20)) << hang;
    EXPECT_FALSE(is_seen(hang, 19, 20)) << hang;
    EXPECT_FALSE(is_seen(hang, 0, 0)) << hang;
  }
}

TEST(FuzzFindings, OfOtherKindsHaveToComeAgainOnceWhereThereWasTime) {
  for (const std::string_view other : {kClosedAnswer, kCrashedAnswer, std::string_view("260 OK")}) {
    EXPECT_TRUE(is_seen(other, 1, 20)) << other;
    EXPECT_FALSE(is_seen(other, 0, 20)) << other;
    EXPECT_TRUE(is_seen(other, 0, 0)) << other;
  }
}

}  // namespace
}  // namespace chatspec
