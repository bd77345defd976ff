// The standard streams of the program, as its users meet them.

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace testing_cli;

TEST(StandardInput, ThatCannotBeReadIsTold) {
  for (const std::string arguments : {"fmt -", "fmt --check -", "import-bytes -"}) {
    const Outcome outcome = chatspec(arguments + " < /tmp");
    EXPECT_EQ(outcome.status, 4) << arguments;
    EXPECT_EQ(outcome.output, "chatspec: standard input: cannot read it: Is a directory\n");
  }
}

TEST(StandardOutput, ThatCannotBeWrittenIsTroubleOfOurOwn) {
  for (const std::string arguments : {"list", "explain SIG-1", "--help", "--version", "lint"}) {
    const Outcome outcome = chatspec(arguments, "2>&1 >/dev/full");
    EXPECT_EQ(outcome.status, 3) << arguments;
    EXPECT_EQ(outcome.output,
              "chatspec: cannot write to standard output: No space left on device\n");
  }
}

TEST(StandardOutput, ThatNobodyReadsAnyMoreEndsTheRunInOrder) {
  const Folder folder;
  fs::create_directory(folder.at("tmp"));
  // The reader takes one line and is gone before the first case is reported.
  const std::string run = "TMPDIR=" + folder.at("tmp") + " '" + kBin + "/chatspec' run -v --log " +
                          folder.at("log") + " " + server(kBin + "/chat-server");
  const std::string command = "{ " + run + "; echo $? >" + folder.at("status") + "; } 2>" +
                              folder.at("errors") + " | head -1 >/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(folder.content("status"), "0\n") << "all that was played passed";
  EXPECT_EQ(folder.content("errors"), "");
  EXPECT_TRUE(fs::is_empty(folder.at("tmp")));
  EXPECT_NE(folder.content("log").find("\"interrupted\":true"), std::string::npos);
}

}  // namespace
}  // namespace chatspec
