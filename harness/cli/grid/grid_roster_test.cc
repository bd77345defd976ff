#include "harness/cli/grid/grid_roster.h"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

const std::string kOwn =
    "implementation own\n  server python3 {port} {keys} server.py\n"
    "  client python3 {host} {port} {messages} {signatures}\n";

class GridRosterTest : public ::testing::Test {
 protected:
  GridRosterTest() { fs::create_directory(folder_.at("unpacked")); }

  std::expected<GridRoster, std::string> call(const std::string& file,
                                              const std::vector<std::string>& submissions = {}) {
    folder_.write("grid.conf", file);
    return call_roster(folder_.at("grid.conf"), submissions, folder_.at("unpacked"));
  }

  chat::TestFolder folder_;
};

TEST_F(GridRosterTest, WordsThatNameFilesAreLookedUpFromTheFilesFolder) {
  folder_.write("server.py", "");
  const auto roster = call(kOwn);
  ASSERT_TRUE(roster) << roster.error();
  EXPECT_TRUE(roster->grid.implementations[0].server.contains(folder_.at("server.py")))
      << roster->grid.implementations[0].server;
  EXPECT_EQ(roster->profile.name, "line");
}

TEST_F(GridRosterTest, SubmissionsJoinAsTheAssignmentSaysTheyAreStarted) {
  folder_.write("hw.txt",
                "profile crlf\npoints 1 *\nlanguage python\n  when server.py\n"
                "  server python3 server.py {port} {keys}\n");
  folder_.write("in/ann/server.py", "");
  folder_.write("in/bob/essay.txt", "");
  folder_.write("in/own/server.py", "");
  const auto roster = call("assignment hw.txt\n" + kOwn, {folder_.at("in")});
  ASSERT_TRUE(roster) << roster.error();
  ASSERT_EQ(roster->grid.implementations.size(), 2U);
  const GridImplementation& ann = roster->grid.implementations[1];
  EXPECT_EQ(ann.name, "ann");
  EXPECT_EQ(ann.folder.filename(), "ann");
  EXPECT_EQ(ann.server, "python3 server.py {port} {keys}");
  EXPECT_EQ(ann.client, "");
  EXPECT_EQ(roster->profile.name, "crlf") << "that of the assignment, where the file says none";
  ASSERT_EQ(roster->left_out.size(), 2U);
  EXPECT_TRUE(roster->left_out[0].starts_with("bob: ")) << roster->left_out[0];
  EXPECT_EQ(roster->left_out[1], "own: an implementation of this name is there");
}

TEST_F(GridRosterTest, MistakesAreToldWithTheirPlace) {
  const auto no_port = call("implementation a\n  server x\n");
  ASSERT_FALSE(no_port);
  EXPECT_TRUE(no_port.error().contains("grid.conf:1: implementation a: server: "))
      << no_port.error();
  const auto no_assignment = call(kOwn, {folder_.at("in")});
  ASSERT_FALSE(no_assignment);
  EXPECT_TRUE(no_assignment.error().contains("expected `assignment FILE`"));
}

}  // namespace
}  // namespace chatspec
