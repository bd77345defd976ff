// chatspec fmt, as its users meet it.

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace testing_cli;

TEST(Fmt, LeavesAFileThatItCannotReplaceAsItWas) {
  const Folder folder;
  const std::string path = folder.write("x.chat",
                                        "scenario a  title\ncovers HELLO-2\nrole server\n"
                                        "C: HELLO\nS: 260 OK\n");
  const std::string before = folder.content("x.chat");
  fs::create_directory(folder.at("x.chat.new"));
  const Outcome outcome = chatspec("fmt " + path);
  EXPECT_EQ(outcome.status, 3) << outcome.output;
  EXPECT_NE(outcome.output.find("x.chat.new: cannot write it: it exists"), std::string::npos)
      << outcome.output;
  EXPECT_EQ(folder.content("x.chat"), before);
}

TEST(Fmt, KeepsALinkAndTheRightsOfAFile) {
  const Folder folder;
  const std::string path = folder.write("x.chat",
                                        "scenario a title\ncovers HELLO-2\nrole server\n"
                                        "C: HELLO\nS: 260 OK\n");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(path, folder.at("link.chat"));
  const Outcome outcome = chatspec("fmt " + folder.at("link.chat"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(folder.content("x.chat").starts_with("scenario  a title\n"));
  EXPECT_TRUE(fs::is_symlink(folder.at("link.chat")));
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(Fmt, ReadsStandardInputAndChecks) {
  const Folder folder;
  const std::string path = folder.write("x.chat", "scenario t\nC:   HELLO | split 1\n");
  const Outcome formatted = chatspec("fmt - < " + path);
  EXPECT_EQ(formatted.status, 0);
  EXPECT_EQ(formatted.output, "scenario  t\nC: HELLO                 | split 1\n");
  EXPECT_EQ(chatspec("fmt --check - < " + path).status, 1);
  const Outcome missing = chatspec("fmt --check " + path);
  EXPECT_EQ(missing.status, 4) << missing.output;  // it covers nothing, so it is no scenario yet
}

}  // namespace
}  // namespace chatspec
