// Unified diffs, and that patch makes of them what they stand for.

#include "harness/cli/suite/line_diff.h"

#include <string>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(LineDiff, ShowsWhatWasThereAndWhatIsNow) {
  EXPECT_EQ(unified_diff("x", "a\n", "a\n"), "");
  EXPECT_EQ(unified_diff("x", "a\nb\nc\n", "a\nB\nc\nd\n"),
            "--- x\n+++ x\n@@ -1,3 +1,4 @@\n a\n-b\n+B\n c\n+d\n");
  EXPECT_EQ(unified_diff("x", "", "a\n"), "--- x\n+++ x\n@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(unified_diff("x", "a", "a\n"),
            "--- x\n+++ x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST(LineDiff, KeepsChangesThatAreFarFromEachOtherApart) {
  EXPECT_EQ(unified_diff("x", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "0\n2\n3\n4\n5\n6\n7\n8\n9\n11\n"),
            "--- x\n+++ x\n@@ -1,4 +1,4 @@\n-1\n+0\n 2\n 3\n 4\n"
            "@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+11\n");
}

TEST(LineDiff, ShowsWhatIsTooLongToCompareAsAWhole) {
  std::string before;
  std::string after;
  for (int i = 0; i < 3000; ++i) {
    before += "b" + std::to_string(i) + "\n";
    after += "a" + std::to_string(i) + "\n";
  }
  EXPECT_TRUE(unified_diff("x", before, after)
                  .starts_with("--- x\n+++ x\n@@ -1,3000 +1,3000 @@\n-b0\n-b1\n"));
}

}  // namespace
}  // namespace chatspec
