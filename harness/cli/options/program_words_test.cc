#include "harness/cli/options/program_words.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using Words = std::vector<std::string>;

TEST(JoinedProgramWords, BecomeTheOptionsValueAsAShellWouldReadIt) {
  EXPECT_EQ(join_program_words({"run", "--server", "--", "a", "b c", ""}),
            (Words{"run", "--server=a 'b c' ''"}));
}

TEST(JoinedProgramWords, MayStandBehindOtherOptions) {
  EXPECT_EQ(join_program_words({"run", "--client", "--tag", "core", "--", "a"}),
            (Words{"run", "--client=a", "--tag", "core"}));
}

TEST(JoinedProgramWords, AreNoneWhereTheOptionHasItsValue) {
  const Words as_it_is{"run", "--server", "a {port} {keys}", "--", "handshake"};
  EXPECT_EQ(join_program_words(as_it_is), as_it_is);
  const Words other{"list", "--", "handshake"};
  EXPECT_EQ(join_program_words(other), other);
}

}  // namespace
}  // namespace chatspec
