// `chatspec man`, as whoever reads the manual meets it.

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

using namespace testing_cli;
using ::testing::HasSubstr;

TEST(ManCommand, WritesPagesInWhichGroffFindsNothingWrong) {
  const Folder folder;
  ASSERT_EQ(chatspec("man --folder " + folder.at("man1")).status, 0);
  EXPECT_TRUE(std::filesystem::exists(folder.at("man1/chatspec-run.1")));
  if (chat::run_command_line("command -v groff").status != 0)
    GTEST_SKIP() << "groff is not installed";
  const Outcome outcome =
      chat::run_command_line("groff -man -z -ww -k -Tutf8 " + folder.at("man1/*.1") + " 2>&1");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.output, "");
}

TEST(ManCommand, PrintsOnePage) {
  EXPECT_THAT(chatspec("man").output, HasSubstr(".TH CHATSPEC 1 "));
  EXPECT_THAT(chatspec("man lint").output, HasSubstr(".TH CHATSPEC\\-LINT 1 "));
  const Outcome unknown = chatspec("man lnt");
  EXPECT_EQ(unknown.status, 4);
  EXPECT_THAT(unknown.output, HasSubstr("did you mean \"lint\"?"));
}

}  // namespace
}  // namespace chatspec
