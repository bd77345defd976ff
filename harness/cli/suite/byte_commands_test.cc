// chatspec import-bytes and export-bytes, as their users meet them.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "harness/cli/cli_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using namespace testing_cli;

TEST(Bytes, BecomeAScenarioThatTheReferenceServerPasses) {
  const Folder folder;
  const std::string bytes =
      folder.write("finding", "HELLO\r\nDATA\n\\.\\x.\n.\nFAIL\nHELO\nQUIT\n");
  for (const std::string options : {"", "--whole ", "--split 3 "}) {
    const Outcome imported = chatspec("import-bytes " + options + bytes);
    ASSERT_EQ(imported.status, 0) << imported.output;
    const std::string scenario = folder.write("finding.chat", imported.output);
    const Outcome played =
        chatspec("run " + scenario + " --server '" + kBin + "/chat-server {port} {keys}'");
    EXPECT_EQ(played.status, 0) << played.output;
    EXPECT_NE(played.output.find("1 pass"), std::string::npos) << played.output;
  }
  EXPECT_EQ(chatspec("import-bytes " + folder.at("nowhere")).status, 4);
}

TEST(Bytes, OfTheSuiteAreWrittenAFileEach) {
  const Folder folder;
  const Outcome one =
      chatspec("export-bytes " + folder.at("seeds") + " state/no-hello handshake/hello");
  EXPECT_EQ(one.status, 0) << one.output;
  EXPECT_EQ(folder.content("seeds/handshake-hello"), "HELLO\n");
  EXPECT_TRUE(fs::exists(folder.at("seeds") + "/state-no-hello-misspelt"));
  EXPECT_FALSE(fs::exists(folder.at("seeds") + "/quit-at-once"));
  EXPECT_EQ(chatspec("export-bytes " + folder.at("none") + " cli/server-no-port").status, 5);
}

TEST(Bytes, OfScenariosWithLikeNamesAreAllWritten) {
  const Folder folder;
  const std::string text =
      "scenario  t\ncovers    HELLO-2\nrole      server\n\nC: HELLO\nS: 260 OK\n";
  for (const std::string name : {"a/b-c", "a-b/c"}) {
    fs::create_directories(fs::path(folder.at(name)).parent_path());
    folder.write(name + ".chat", text);
  }
  const Outcome outcome = chatspec("export-bytes " + folder.at("seeds") + " " +
                                   folder.at("a/b-c.chat") + " " + folder.at("a-b/c.chat"));
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_TRUE(outcome.output.starts_with("2 files in ")) << outcome.output;
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.at("seeds")), fs::directory_iterator()), 2);
}

}  // namespace
}  // namespace chatspec
