#include "harness/judge/diagnosis/echo.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(Echo, IsALineThatWasSentAsProgramsShowIt) {
  for (const char* line : {"HELLO", "client: HELLO", "<- HELLO", "[HELLO]", "C> 'HELLO'",
                           "received: b'HELLO\\n'", "got \"HELLO\\r\\n\""})
    EXPECT_TRUE(is_echo(line, "HELLO")) << line;
  EXPECT_TRUE(is_echo("", ""));
}

TEST(Echo, IsNoLineThatOnlyMentionsIt) {
  for (const char* line : {"error: illegal command, expected HELLO", "HELLO expected",
                           "error: no HELLO came", "HELLOS", "", "hello"})
    EXPECT_FALSE(is_echo(line, "HELLO")) << line;
  EXPECT_FALSE(is_echo("Server started.", "."));
  EXPECT_FALSE(is_echo("error", ""));
}

}  // namespace
}  // namespace chatspec
