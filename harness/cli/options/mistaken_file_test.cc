#include "harness/cli/options/mistaken_file.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(MistakenFile, SaysWhatItIsAndWhatIsWanted) {
  const auto log = refuse_other_kinds(R"({"record":"run","format":2})", "l.jsonl", "an assignment");
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error(),
            "l.jsonl: this is a log of chatspec; what is expected here is an assignment");
  EXPECT_FALSE(refuse_other_kinds("#!/bin/sh\n", "s", "a profile"));
  EXPECT_FALSE(refuse_other_kinds("PK\x03\x04", "a.zip", "a grid"));
}

TEST(MistakenFile, LeavesEveryTextToItsReader) {
  for (const char* text : {"", "title  Exercise 3\n", "# known\nsignature/f* wrong-signature  12\n",
                           "{\"other\":1}\n", "# record\n"}) {
    EXPECT_TRUE(refuse_other_kinds(text, "f", "an assignment")) << text;
  }
}

TEST(MistakenFile, HasANameThatIsFitForATerminal) {
  const auto refused = refuse_other_kinds("#!", "a\x1b[2J", "a grid");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().starts_with(R"(a\x1b[2J: )")) << refused.error();
}

}  // namespace
}  // namespace chatspec
