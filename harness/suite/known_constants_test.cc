#include "harness/suite/known_constants.h"

#include <gtest/gtest.h>

#include "harness/suite/tests/memory_suite.h"

namespace chatspec {
namespace {

std::string scenario_with(const std::string& materials) {
  return "scenario t\ncovers HELLO-2\nrole server\n" + materials + "\nC: HELLO\nS: 260 OK\n";
}

TEST(KnownConstants, AreSignaturesAndLongTextsThatAreTheSameInEveryRun) {
  MemorySuite suite;
  suite.add("a/fixed", scenario_with("key k\nmessage hello\n"))
      .add("b/again", scenario_with("key k\nmessage hello\n"))
      .add("c/fresh", scenario_with("key <random 20>\nmessage hello\n"))
      .add("d/text", scenario_with("message a line of text that nobody writes twice\n"))
      .add("e/long", scenario_with("message \"x\" * 40\n"));
  const std::vector<KnownConstant> expected{
      // SHA-256 of hello and k
      {"d413599599c17e5c898b0c5d345ba4b63095681b187fa300cab316c45334c5fb",
       "a signature of a/fixed"},
      {"a line of text that nobody writes twice", "a text of d/text"}};
  EXPECT_EQ(find_known_constants(suite.cases(), *chat::find_profile("line")), expected);
}

TEST(KnownConstants, AreNoneOfWhatIsNotPlayedInTheProfile) {
  MemorySuite suite;
  suite.add("a/fixed", scenario_with("profile line-ends\nkey k\nmessage hello\n"));
  EXPECT_TRUE(find_known_constants(suite.cases(), *chat::find_profile("bare")).empty());
}

}  // namespace
}  // namespace chatspec
